using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>
/// Makes a link in one namespace on a lower device of another: asked over the socket of the lower device's namespace, with the destination in the message
/// (IFLA_NET_NS_FD). No echo is asked for: the kernel would send it to whatever socket of the destination has the asking socket's port id.
/// </summary>
/// <param name="conversation">With the lower device's namespace.</param>
internal sealed class CrossCreator(NetlinkConversation conversation)
{
    private const int MostAttempts = 16;

    /// <summary>Makes the link and reads it in the destination.</summary>
    /// <param name="link">Its settings.</param>
    /// <param name="kind">The settings of its kind.</param>
    /// <param name="destination">The session of the namespace that it shall be in.</param>
    /// <param name="operation">For messages.</param>
    /// <exception cref="KernelException">The kernel refused; nothing stands.</exception>
    internal LinkRecord Create(LinkSettings link, KindSettings kind, LinkSession destination, string operation)
    {
        // The kernel could pick a name, but would not say which.
        bool isPattern = link.Name is null || LinkName.IsPattern(link.Name);
        for (int attempt = 1; ; attempt++)
        {
            string name = isPattern ? FreeName(link.Name ?? $"{kind.Kind}%d", destination.Reader) : link.Name!;
            LinkSettings there = link.ForNamespace(name, (int)destination.Namespace.File.DangerousGetHandle());
            LinkRequests.Create(conversation.Compose(), there, kind, echo: false);
            RequestOutcome outcome = conversation.Exchange()[0];
            if (isPattern && outcome.Errno == Errno.EEXIST && attempt < MostAttempts && destination.Reader.FindRecord(name) is not null) continue;
            outcome.ThrowIfFailed(operation);
            return Read(name, destination, operation);
        }
    }

    /// <summary>The kernel acknowledged it: what fails from here on is no refusal.</summary>
    private static LinkRecord Read(string name, LinkSession destination, string operation)
    {
        string shows = $"{CommandText.For("Get-Link", name, destination.Reader.NetworkNamespace)} shows it.";
        return ReadBack.Of(() => destination.Reader.FindRecord(name), $"the new link {name} stands", shows, name)
            ?? throw new KernelException(Errno.ENODEV, operation, "the link was gone when it was read back");
    }

    private static string FreeName(string pattern, LinkReader reader)
    {
        HashSet<string> taken = [.. reader.List().Links.SelectMany(l => l.AlternativeName.Prepend(l.Name))];
        for (int number = 0; ; number++)
        {
            string name = pattern.Replace("%d", $"{number}", StringComparison.Ordinal);
            if (taken.Contains(name)) continue;
            LinkName.ThrowIfInvalid(name);
            return name;
        }
    }
}
