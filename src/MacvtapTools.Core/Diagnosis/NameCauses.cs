using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Diagnosis;

/// <summary>Why a link could not get a name, or could not move.</summary>
internal static class NameCauses
{
    /// <summary>A new name.</summary>
    internal static MacvtapException ExplainRename(KernelException failure, Link link, string name, LinkReader reader) => failure.Errno switch
    {
        Errno.EEXIST => GeneralCauses.Because(failure, FailureId.LinkExists, Taken(reader.Find(name), name), WhoseName(reader.Find(name), name), $"Choose another name; Get-Link{CommandText.Place(link.NetworkNamespace)} shows those that are taken.", link),
        Errno.EBUSY => GeneralCauses.Because(failure, FailureId.LinkBusy, FailureCause.LinkIsUp, "this kernel renames no link that is on", $"{link.Command("Disable-Link")} first.", link),
        _ => GeneralCauses.Explain(failure, link),
    };

    /// <summary>Whether the name that is taken is one of the alternative names of its owner.</summary>
    internal static FailureCause Taken(Link? owner, string name) => owner is null || owner.Name == name ? FailureCause.NameTaken : FailureCause.AlternativeNameTaken;

    private static string WhoseName(Link? owner, string name) => owner is null ? "another link has that name"
        : owner.Name == name ? $"there is a link {name} already (index {owner.InterfaceIndex})"
        : $"{name} is an alternative name of {owner.Name} (index {owner.InterfaceIndex})";

    /// <summary>Alternative names.</summary>
    internal static MacvtapException ExplainAlternativeNames(ListEditFailure failure, Link link, LinkReader reader) =>
        WithStanding(failure, r => ExplainAlternativeName(r, failure.Entry ?? string.Empty, link, reader));

    /// <summary>Changes of the list of source addresses.</summary>
    internal static MacvtapException ExplainSourceAddresses(ListEditFailure failure, MacvlanLink link) => WithStanding(failure, r => ExplainSourceAddress(r, link));

    private static MacvtapException WithStanding(ListEditFailure failure, Func<KernelException, MacvtapException> explain)
    {
        MacvtapException cause = failure.Refusal as MacvtapException ?? explain((KernelException)failure.Refusal);
        if (failure.Standing.Count == 0) return cause;
        return cause.Restate($"{cause.Message} What was done with these could not be taken back: {string.Join(", ", failure.Standing)}.");
    }

    /// <summary>An alternative name.</summary>
    internal static MacvtapException ExplainAlternativeName(KernelException failure, string name, Link link, LinkReader reader)
    {
        switch (failure.Errno)
        {
            case Errno.EEXIST:
                Link? owner = reader.Find(name);
                return Cause(FailureId.LinkExists, Taken(owner, name), WhoseName(owner, name), "Names and alternative names are unique in a network namespace: choose another one.", owner is null ? [] : [GeneralCauses.Fact(owner, nameof(Link.InterfaceIndex), owner.InterfaceIndex)]);
            case Errno.ENOENT:
                return Cause(FailureId.ParameterInvalid, FailureCause.AlternativeNameMissing, "the link has no such alternative name", $"({link.Command("Get-Link")}).AlternativeName shows those that it has.");
            case Errno.EINVAL when reader.Find(name) is { } other:
                return Cause(
                    FailureId.ParameterInvalid,
                    FailureCause.AlternativeNameMissing,
                    other.InterfaceIndex == link.InterfaceIndex ? "it is the link's own name, not an alternative one" : $"it is a name of {other.Name}",
                    other.InterfaceIndex == link.InterfaceIndex ? $"{link.Command("Rename-Link", "NEWNAME")} gives it another name." : other.Command("Remove-LinkAlternativeName", CommandText.Word(name)));
            case Errno.EINVAL or Errno.ERANGE:
                return Cause(FailureId.LinkNameInvalid, FailureCause.NameInvalid, "an alternative name has 1 to 127 bytes", "Take a shorter one.");
            default:
                return GeneralCauses.Explain(failure, link);
        }

        MacvtapException Cause(FailureId id, FailureCause cause, string why, string advice, params IReadOnlyList<FailureEvidence> evidence) => GeneralCauses.Because(failure, id, cause, why, advice, link, evidence);
    }

    /// <summary>A name that a link of the destination has.</summary>
    internal static MacvtapException NameTaken(Link link, Link owner, string newName) =>
        new(FailureId.LinkExists, $"Could not move {link.Name}: in that namespace {WhoseName(owner, newName)}.", "Choose another -NewName.", link) { Cause = Taken(owner, newName), Evidence = [GeneralCauses.Fact(owner, nameof(Link.InterfaceIndex), owner.InterfaceIndex)] };

    /// <summary>A move into another namespace; says so where the link is gone from here all the same.</summary>
    internal static MacvtapException ExplainMove(KernelException failure, Link link, string? newName, int? newIndex, LinkReader reader)
    {
        MacvtapException cause = ExplainMove(failure, link, newName, newIndex);
        if (newName is null || failure.Errno == Errno.ENODEV || reader.FindRecord(link.InterfaceIndex)?.Name == link.Name) return cause;
        return new MacvtapException(cause.Id, $"{cause.Message} {link.Name} moved all the same and kept its name.", "Rename-Link gives it another there.", link, failure) { Cause = cause.Cause, Evidence = cause.Evidence };
    }

    /// <summary>Why the kernel did not move it.</summary>
    internal static MacvtapException ExplainMove(KernelException failure, Link link, string? newName, int? newIndex) => failure.Errno switch
    {
        Errno.EEXIST => GeneralCauses.Because(failure, FailureId.LinkExists, FailureCause.NameTaken, $"a link there has the name {newName ?? link.Name}, or one of its alternative names", "Give it another with -NewName.", link),
        Errno.EBUSY when newIndex is not null => GeneralCauses.Because(failure, FailureId.LinkExists, FailureCause.IndexTaken, $"the interface index {newIndex} is taken there", "Choose another -NewInterfaceIndex, or leave it out, and the kernel gives a free one.", link),
        Errno.EINVAL => GeneralCauses.Because(failure, FailureId.LinkBusy, FailureCause.NamespaceFixed, $"{Kind(link)} stays in the network namespace that it was made in", $"Make another one there{(link is BridgeLink ? $" (New-BridgeLink {CommandText.Word(link.Name)} -NetworkNamespace THERE), and move the links that are its ports" : string.Empty)}.", link),
        Errno.EPERM => GeneralCauses.Because(failure, FailureId.AccessDenied, FailureCause.CapabilityMissingInEither, "it needs CAP_NET_ADMIN in the user namespaces that own both network namespaces", GeneralCauses.RootAdvice, link),
        _ => GeneralCauses.Explain(failure, link),
    };

    private static string Kind(Link link) => link.Kind is { } kind ? $"a link of kind {kind}" : (link.Flags & InterfaceFlag.Loopback) != 0 ? "the loopback" : "this device";

    /// <summary>A change of the list of source addresses.</summary>
    internal static MacvtapException ExplainSourceAddress(KernelException failure, MacvlanLink link) =>
        failure.Errno == Errno.EINVAL && link.Mode != LinkMode.Source
            ? GeneralCauses.Because(failure, FailureId.ParameterInvalid, FailureCause.NotInSourceMode, $"only the mode Source has source addresses, and {link.Name} is in mode {link.Mode}", $"{link.Command("Set-LinkMode", "Source")} first.", link)
            : GeneralCauses.Explain(failure, link);
}
