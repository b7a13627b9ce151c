using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Removes links, many in one step of the kernel.</summary>
[Cmdlet(VerbsCommon.Remove, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkCommand : LinkChangeCmdlet
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<LinkSession, List<Link>> _wanted = [];

    /// <summary>Links are only gathered piece by piece.</summary>
    private protected override bool ShowsPieces => false;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach ((LinkSession session, List<Link> links) in _wanted) Attempt(null, () => Remove(session, links));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (!Proceed(Describe(link), $"Remove {link.Kind ?? "device"}", () => Check(session, link))) return;
        if (!_wanted.TryGetValue(session, out List<Link>? links)) _wanted[session] = links = [];
        links.Add(link);
    }

    private static Verdict Check(LinkSession session, Link link)
    {
        try
        {
            return ChangePreflight.CheckRemove(link, LinkSnapshot.Take(session));
        }
        catch (PredictedRefusal refusal)
        {
            throw ChangeCauses.ExplainRemoval(refusal, link);
        }
    }

    private void Remove(LinkSession session, List<Link> links)
    {
        // The kernel cannot be stopped inside the deletion, but the shell need not wait for it: on Ctrl+C the work ends in the background.
        Task<IReadOnlyList<RemovalOutcome>> removal = Task.Factory.StartNew(
            () => session.Remover.Remove(links), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            Await($"Removing {links.Count} links", Timeout.InfiniteTimeSpan, tick =>
            {
                while (!removal.Wait((int)Slice.TotalMilliseconds, StopRequested)) tick();
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            KeepUntil(session, removal);
            throw new PipelineStoppedException();
        }
        catch (AggregateException)
        {
            // Thrown below as it is.
        }

        foreach (RemovalOutcome outcome in removal.GetAwaiter().GetResult())
        {
            if (outcome.Failure is { } failure) Report(ChangeCauses.ExplainRemoval(failure, outcome.Link));
        }
    }
}
