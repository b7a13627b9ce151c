using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools.Diagnosis;

/// <summary>Why the kernel did not make a veth pair or a bridge.</summary>
internal static class OtherKindCauses
{
    private const int SmallestMtu = 68;
    private const int LargestMtu = 65535;

    /// <summary>Explains a refusal of a veth pair, whose far end can be in another namespace.</summary>
    internal static MacvtapException ExplainVeth(KernelException failure, string name, string peerName, int? mtu, LinkReader reader, LinkReader farReader) => failure.Errno == Errno.EEXIST && reader.Find(name) is null
        ? GeneralCauses.Because(
            failure,
            FailureId.LinkExists,
            NameCauses.Taken(farReader.Find(peerName), peerName),
            $"{peerName} exists already{(farReader == reader || farReader.NetworkNamespace is not { } place ? string.Empty : $" in network namespace {place}")}",
            $"Choose another name, or {CommandText.For("Remove-Link", peerName, farReader.NetworkNamespace)} first.",
            name)
        : Explain(failure, VethSettings.Veth, [name, peerName], mtu, reader);

    /// <summary>Explains a refusal.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="kind">The kind that was asked for.</param>
    /// <param name="names">The names that were asked for.</param>
    /// <param name="mtu">The MTU that was asked for.</param>
    /// <param name="reader">A reader of the namespace.</param>
    internal static MacvtapException Explain(KernelException failure, string kind, IReadOnlyList<string> names, int? mtu, LinkReader reader) => failure.Errno switch
    {
        Errno.EEXIST => GeneralCauses.Because(
            failure,
            FailureId.LinkExists,
            names.Select(n => (Owner: reader.Find(n), Name: n)).FirstOrDefault(n => n.Owner is not null) is { Owner: { } owner, Name: { } taken } ? NameCauses.Taken(owner, taken) : FailureCause.NameTaken,
            $"{names.FirstOrDefault(n => reader.Find(n) is not null) ?? names[^1]} exists already",
            $"Choose another name, or {CommandText.For("Remove-Link", names.FirstOrDefault(n => reader.Find(n) is not null) ?? names[^1], reader.NetworkNamespace)} first.",
            names[0]),
        Errno.EOPNOTSUPP when failure.KernelText is null or "Unknown device type" => CreationCauses.KindUnsupported(failure, kind, names[0]),
        // Of the far end of a veth pair the kernel says nothing.
        Errno.EINVAL when mtu is < SmallestMtu or > LargestMtu || (mtu is not null && failure.KernelText?.StartsWith("mtu ", StringComparison.Ordinal) == true) =>
            GeneralCauses.Because(failure, FailureId.MtuOutOfRange, FailureCause.MtuOutOfRange, $"an MTU of {mtu} bytes is out of range", $"Take {SmallestMtu} to {LargestMtu} bytes.", mtu),
        Errno.EADDRNOTAVAIL => GeneralCauses.Because(failure, FailureId.MacAddressInvalid, FailureCause.MacAddressUnusable, "no link can have that MAC address", "Leave -MacAddress out, and the kernel makes one.", names[0]),
        _ => GeneralCauses.Explain(failure, names[0]),
    };
}
