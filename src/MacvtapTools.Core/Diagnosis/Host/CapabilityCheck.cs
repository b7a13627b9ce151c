using System.Globalization;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the caller has a capability: what the kernel lists, and what it allows in fact. In a user namespace the two differ.</summary>
internal abstract class CapabilityCheck(string name, string capability, int bit, string purpose) : HostCheckRule(name, Rights)
{
    private const string Status = "/proc/thread-self/status";
    private const string Field = "CapEff:";

    /// <inheritdoc/>
    internal sealed override HostFinding Look(IHostSource host)
    {
        bool? isListed = IsListed(host.Read(Status));
        Errno answer = Try(host);
        bool isAllowed = answer is not (Errno.EPERM or Errno.EACCES);
        string place = host.NetworkNamespace is { } where ? $" in network namespace {where}" : string.Empty;
        string[] evidence =
        [
            $"{Status}: {(isListed is { } listed ? $"{capability} {(listed ? "effective" : "missing")}" : "not readable")}",
            $"{What}: {(isAllowed ? "allowed" : answer)}",
        ];
        if (isAllowed) return Passed($"The kernel allows what needs {capability}{place}.", null, evidence);
        string detail = isListed == true
            ? $"{capability} is there, and the kernel does not allow what needs it{place}: the network namespace belongs to another user namespace, or a filter forbids it."
            : $"{capability} is missing: no right to {purpose}{place}.";
        return Failed(detail, $"Run it as root, or give the capability (in a container: --cap-add {capability["CAP_".Length..]}); links of one's own come with unshare --user --map-root-user --net pwsh.", evidence);
    }

    /// <summary>What is tried, in words.</summary>
    private protected abstract string What { get; }

    /// <summary>Tries it, and changes nothing.</summary>
    private protected abstract Errno Try(IHostSource host);

    private bool? IsListed(string? status)
    {
        string? line = status?.Split('\n').FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return line is not null && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong set) ? (set >> bit & 1) != 0 : null;
    }
}
