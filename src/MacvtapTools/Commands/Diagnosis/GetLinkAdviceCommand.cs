using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis.Advice;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gives advice about running links: what will not work as one expects, and a command that would help.</summary>
[Cmdlet(VerbsCommon.Get, "LinkAdvice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkAdvice))]
public sealed class GetLinkAdviceCommand : LinkReadCmdlet
{
    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>Rules to leave out.</summary>
    [Parameter]
    public LinkAdviceTopic[] Exclude { get; set; } = [];

    /// <summary>The socket of the Open vSwitch database to ask about links that are no ports of a kernel bridge. The usual one where it is left out.</summary>
    [Parameter]
    [Alias("OvsDatabase")]
    [AllowNull]
    [AllowEmptyString]
    public string? OpenVswitchDatabase { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        OpenVswitchClient openVswitch = _openVswitch[OpenVswitchDatabase, StopRequested];
        openVswitch.ThrowIfNamedAndSilent();
        var view = new AdviceReader(session, Session, openVswitch, links, StopRequested);
        WorkProgress progress = new(this, "Looking at links");
        for (int i = 0; i < links.Count; i++)
        {
            StopRequested.ThrowIfCancellationRequested();
            progress.ShowPlace(links[i].Name, i + 1, links.Count);
            foreach (LinkAdvice advice in LinkAdviser.Look(links[i], view, Exclude)) WriteObject(advice);
        }

        progress.End();
    }
}
