using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on links that have to be named.</summary>
public abstract class LinkChangeCmdlet : KernelCmdlet
{
    /// <summary>The names of the links; patterns are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Links that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public Link[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Each(index, Session, s => [LinkSelection.ByIndex(s.Reader, index)]);
                break;
            case ParameterSets.InputObject:
                foreach (Link link in InputObject) Each(link, () => Session(link.NetworkNamespace), s => [LinkSelection.Again(s.Reader, link)]);
                break;
            default:
                foreach (string name in Name) Each(name, Session, s => LinkSelection.ByName(s.Reader, name, null, WarnInterrupted));
                break;
        }
    }

    /// <summary>Works on one link, as it is now.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link.</param>
    private protected abstract void Process(LinkSession session, Link link);

    private void Each(object target, Func<LinkSession> open, Func<LinkSession, IEnumerable<Link>> select) => Attempt(target, () =>
    {
        LinkSession session = open();
        foreach (Link link in select(session)) Attempt(link, () => Process(session, link));
    });
}
