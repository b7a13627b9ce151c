using System.Management.Automation;
using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets the reflective relays that New-ReflectiveRelay made, and what of them is not as it was made.</summary>
[Cmdlet(VerbsCommon.Get, "ReflectiveRelay", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(ReflectiveRelay))]
public sealed class GetReflectiveRelayCommand : LinkReadCmdlet
{
    private readonly HashSet<(LinkSession Session, string Id)> _told = [];

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links) => Process(session, links, false);

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed)
    {
        HashSet<int> wanted = [.. links.Select(l => l.InterfaceIndex)];
        IReadOnlyList<ReflectiveRelay> relays = RelayReader.List(IsEverything ? links : LinkSelection.All(session.Reader, null, WarnInterrupted));
        bool isFound = false;
        foreach (ReflectiveRelay relay in relays.Where(r => RelayReader.Parts(r).Any(p => wanted.Contains(p.InterfaceIndex))))
        {
            isFound = true;
            if (_told.Add((session, relay.Id))) WriteObject(relay);
        }

        if (isNamed && !isFound) throw NotOurs(links[0]);
    }

    /// <summary>A link that is part of no relay of ours.</summary>
    internal static MacvtapException NotOurs(Link link) => new(
        FailureId.NotReflectiveRelay,
        $"{link.Name} is no part of a reflective relay that New-ReflectiveRelay made.",
        "Get-ReflectiveRelay lists those that there are.",
        link);
}
