using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>Removes links, many in one step of the kernel.</summary>
[Cmdlet(VerbsCommon.Remove, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveLinkCommand : LinkChangeCmdlet
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<LinkSession, List<Link>> _wanted = [];
    private readonly Dictionary<LinkSession, List<Link>> _foretold = [];

    /// <summary>Links are only gathered piece by piece.</summary>
    private protected override bool ShowsPieces => false;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach ((LinkSession session, List<Link> links) in _foretold) Attempt(null, () => WarnOfHolders(session, links));
        foreach ((LinkSession session, List<Link> links) in _wanted) Attempt(null, () => Remove(session, links));
    }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        // To look for what goes with it takes a list of all links, and more where other namespaces are: for nobody, it is not made.
        RemovalCompanions? companions = this.AsksFirst() ? RemovalCompanions.Of(link, session.Reader) : null;
        if (!Proceed(Describe(link), $"Remove {link.Kind ?? "device"}{companions}", () => Foretell(session, link, companions))) return;
        Gather(_wanted, session, [link]);
    }

    private static void Gather(Dictionary<LinkSession, List<Link>> gathered, LinkSession session, IEnumerable<Link> links)
    {
        if (!gathered.TryGetValue(session, out List<Link>? list)) gathered[session] = list = [];
        list.AddRange(links);
    }

    private Verdict Foretell(LinkSession session, Link link, RemovalCompanions? companions)
    {
        Verdict verdict = Check(session, link);
        Gather(_foretold, session, [link, .. companions?.Links ?? []]);
        return verdict;
    }

    /// <summary>A guest is not told that its link is gone. One look at all processes is for all links.</summary>
    private void WarnOfHolders(LinkSession session, List<Link> links)
    {
        var locator = new TapDeviceLocator();
        TapDevice[] devices = [.. links.Where(l => l is MacvtapLink or TapLink && l.NetworkNamespace == session.Reader.NetworkNamespace).DistinctBy(l => l.InterfaceIndex).Select(Locate).OfType<TapDevice>()];
        if (devices.Length == 0) return;
        TapHolderScan scan = TapHolderScanner.Scan(devices.Select(d => d.Device).ToHashSet(), StopRequested);
        foreach (TapDevice device in devices.Select(d => d.With(scan)).Where(d => d.Holder is { Count: > 0 }))
            WriteWarning($"{device.Name} is open in {string.Join(", ", device.Holder!)}, which the kernel does not tell when the link goes.");

        TapDevice? Locate(Link link)
        {
            try
            {
                return locator.Locate(session, link);
            }
            catch (Exception failure) when (failure is KernelException or MacvtapException)
            {
                return null; // Gone, or not to be looked for: the links are what was asked about.
            }
        }
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
