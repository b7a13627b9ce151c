using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Links.Changes;

namespace MacvtapTools.Commands;

/// <summary>Changes properties of bridges. What is not given is not touched; several changes of one bridge all stand, or none does.</summary>
[Cmdlet(VerbsCommon.Set, "BridgeLink", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(BridgeLink))]
public sealed class SetBridgeLinkCommand : LinkChangeCmdlet
{
    /// <summary>Whether the spanning tree protocol runs.</summary>
    [Parameter]
    [Alias("Stp")]
    public bool? SpanningTree { get; set; }

    /// <summary>How long a port listens and learns before it forwards: a time, or a number of seconds, 2 to 30 with the spanning tree.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? ForwardDelay { get; set; }

    /// <summary>How long a learned address is kept: a time, or a number of seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? AgeingTime { get; set; }

    /// <summary>Whether multicast goes only where it was asked for (snooping).</summary>
    [Parameter]
    public bool? MulticastSnooping { get; set; }

    /// <summary>Gives the bridges back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (link is not BridgeLink bridge)
            throw new MacvtapException(FailureId.NotBridgeLink, $"{link.Name} is not a bridge.", $"Get-Link -Kind bridge{CommandText.Place(link.NetworkNamespace)} lists the bridges.", link);
        List<LinkChange> changes = [.. Plan(bridge)];
        if (changes.Count == 0) WarnOfNothing(link.Name, "-SpanningTree $true");
        else
        {
            if (!Proceed(Describe(link), $"Set {string.Join("; ", changes)}", () => EditPreflight.Check(changes, session))) return;
            if (session.Editor.Apply(changes) is { } failure) throw EditCauses.Explain(failure, changes.Count, session.Reader);
        }

        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }

    private IEnumerable<LinkChange> Plan(BridgeLink bridge)
    {
        if (SpanningTree is { } tree) yield return BridgeChange.SpanningTree(bridge, tree);
        if (ForwardDelay is { } delay) yield return BridgeChange.ForwardDelay(bridge, BridgeTime.Check(nameof(ForwardDelay), delay));
        if (AgeingTime is { } ageing) yield return BridgeChange.AgeingTime(bridge, BridgeTime.Check(nameof(AgeingTime), ageing));
        if (MulticastSnooping is { } snooping) yield return BridgeChange.MulticastSnooping(bridge, snooping);
    }
}
