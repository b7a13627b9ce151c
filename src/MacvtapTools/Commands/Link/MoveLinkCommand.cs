using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Moves links into another network namespace. The kernel switches a moved link off.</summary>
[Cmdlet(VerbsCommon.Move, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class MoveLinkCommand : LinkChangeCmdlet
{
    /// <summary>The network namespace to move to: a name, a path, or the id of a process.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DestinationNamespace")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The name to have there.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>The interface index to have there. Left out, the link keeps its own where it is free, and gets another where it is not.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? NewInterfaceIndex { get; set; }

    /// <summary>Gives the links back as they are afterwards, from the namespace that they are in then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        HashSet<int>? before = null;
        try
        {
            if (!Proceed(Describe(link), $"Move to network namespace {Destination}{(NewName is null ? string.Empty : $" as {NewName}")}", () => Check(session, link))) return;
            if (PassThru && NewName is not null && LinkName.IsPattern(NewName)) before = [.. Session(Destination).Reader.List().Links.Select(l => l.InterfaceIndex)];
            using NamespaceHandle destination = NamespaceResolver.Open(Destination);

            // The kernel moves first and renames then: what it refuses of the name leaves the link there, under its old one.
            if (NewName is not null && Session(Destination).Reader.Find(NewName) is { } owner) throw NameCauses.NameTaken(link, owner, NewName);
            session.Mover.Move(link, destination, NewName, NewInterfaceIndex);
        }
        catch (KernelException failure)
        {
            throw NameCauses.ExplainMove(failure, link, NewName, NewInterfaceIndex, session.Reader);
        }

        if (PassThru && FindMoved(Session(Destination).Reader, link, before) is { } moved) WriteObject(moved);
    }

    private Verdict Check(LinkSession session, Link link)
    {
        using NamespaceHandle destination = NamespaceResolver.Open(Destination);
        LinkSession there = Session(Destination);
        if (NewName is not null && there.Reader.Find(NewName) is { } owner) throw NameCauses.NameTaken(link, owner, NewName);
        return ChangePreflight.CheckMove(link, NewName, NewInterfaceIndex, destination, session, there);
    }

    /// <summary>The link where it is now. The kernel says neither the index nor the name that it chose there: of a pattern it is the new one of the same kind and address.</summary>
    private Link? FindMoved(LinkReader there, Link link, HashSet<int>? before)
    {
        if (before is null) return there.Find(NewName ?? link.Name);
        if (NewInterfaceIndex is { } index) return there.Find(index);
        Link[] found = [.. there.List().Links.Where(l => !before.Contains(l.InterfaceIndex) && l.Kind == link.Kind && l.MacAddress == link.MacAddress)];
        return found.FirstOrDefault(l => l.InterfaceIndex == link.InterfaceIndex) ?? found.FirstOrDefault();
    }
}
