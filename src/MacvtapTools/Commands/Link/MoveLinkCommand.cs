using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Composition;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
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
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
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
        try
        {
            if (!Proceed(Describe(link), $"Move to network namespace {Destination}{(NewName is null ? string.Empty : $" as {NewName}")}", () => Check(session, link))) return;
            if (Enter() is { } there) Move(link, new LinkTransfer(session, there));
            else MoveBlindly(session, link);
        }
        catch (KernelException failure)
        {
            throw NameCauses.ExplainMove(failure, link, NewName, NewInterfaceIndex, session.Reader);
        }
    }

    private Verdict Check(LinkSession session, Link link)
    {
        LinkSession there = Session(Destination);
        LinkTransfer transfer = new(session, there);
        transfer.Check(link, NewName, NewInterfaceIndex);
        Verdict verdict = transfer.IsSame && NewName is not null && NewName != link.Name
            ? UndoLog.Step(() => ChangePreflight.CheckRename(link, NewName, LinkSnapshot.Take(session)), f => NameCauses.ExplainRename(f, link, NewName, session.Reader))
            : ChangePreflight.CheckMove(link, NewName, NewInterfaceIndex, there.Namespace, session, there);
        return verdict.And(new Verdict(Caveat: transfer.Foretell(link)));
    }

    /// <summary>The session of the destination; null where it may not be entered, which is more than a move needs.</summary>
    private LinkSession? Enter()
    {
        try
        {
            return Session(Destination);
        }
        catch (MacvtapException refusal) when (refusal.Id == FailureId.AccessDenied && NewName is null && NewInterfaceIndex is null && !PassThru)
        {
            return null;
        }
    }

    private void Move(Link link, LinkTransfer transfer)
    {
        List<string> lost = [];
        try
        {
            Link moved = transfer.Move(link, NewName, NewInterfaceIndex, lost.Add);
            if (PassThru) WriteObject(moved);
        }
        finally
        {
            foreach (string one in lost) WriteWarning(one);
        }
    }

    private void MoveBlindly(LinkSession session, Link link)
    {
        using NamespaceHandle destination = NamespaceResolver.Open(Destination);
        session.Mover.Move(link, destination, null, null);
        WriteWarning($"{link.Name} was moved, and {Destination} may not be entered: a protection, multicast groups and the way of making IPv6 addresses, where it had them, were lost on the way.");
    }
}
