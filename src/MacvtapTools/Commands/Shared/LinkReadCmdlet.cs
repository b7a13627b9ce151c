using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that tells something about links: about all of them where none is named.</summary>
public abstract class LinkReadCmdlet : KernelCmdlet
{
    /// <summary>The names of the links; patterns are taken. All links where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Links that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    public Link[] InputObject { get; set; } = [];

    /// <summary>No link was named: all are meant.</summary>
    private protected bool IsEverything => ParameterSetName == ParameterSets.ByName && Name is null;

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
                if (Name is null) Each(null, Session, s => LinkSelection.All(s.Reader, null, WarnInterrupted));
                else foreach (string name in Name) Each(name, Session, s => LinkSelection.ByName(s.Reader, name, null, WarnInterrupted));
                break;
        }
    }

    /// <summary>Tells about links that belong together: one that was named, those that fit a pattern, or all. Reading many at once is cheaper.</summary>
    /// <param name="session">The session of their namespace.</param>
    /// <param name="links">The links, as they are now.</param>
    private protected abstract void Process(LinkSession session, IReadOnlyList<Link> links);

    private void Each(object? target, Func<LinkSession> open, Func<LinkSession, IEnumerable<Link>> select) => Attempt(target, () =>
    {
        LinkSession session = open();
        Process(session, [.. select(session)]);
    });
}
