using System.Management.Automation;
using MacvtapTools.Diagnosis.Advice;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gives advice about running links: what will not work as one expects, and a command that would help.</summary>
[Cmdlet(VerbsCommon.Get, "LinkAdvice", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(LinkAdvice))]
public sealed class GetLinkAdviceCommand : LinkReadCmdlet
{
    /// <summary>Rules to leave out.</summary>
    [Parameter]
    public LinkAdviceTopic[] Exclude { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links)
    {
        var view = new AdviceReader(session, Session, links, StopRequested);
        foreach (Link link in links)
        {
            StopRequested.ThrowIfCancellationRequested();
            foreach (LinkAdvice advice in LinkAdviser.Look(link, view, Exclude)) WriteObject(advice);
        }
    }
}
