using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that takes something from a link that a link can have several of: named by the link and a value, or by an object that a Get cmdlet gave.</summary>
/// <typeparam name="TPart">The object.</typeparam>
public abstract class LinkPartCmdlet<TPart> : KernelCmdlet
    where TPart : class
{
    /// <summary>The names of the links; patterns are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Objects that the Get cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TPart[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Each(index, s => [LinkSelection.ByIndex(s.Reader, index)]);
                break;
            case ParameterSets.InputObject:
                foreach (TPart part in InputObject) Attempt(part, () => ProcessPart(part));
                break;
            default:
                foreach (string name in Name) Each(name, s => LinkSelection.ByName(s.Reader, name, null, WarnInterrupted));
                break;
        }
    }

    /// <summary>Works on what the parameters name of one link.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link, as it is now.</param>
    private protected abstract void Process(LinkSession session, Link link);

    /// <summary>Works on an object.</summary>
    private protected abstract void ProcessPart(TPart part);

    /// <summary>The link of an object, as it is now: the index decides, and the name must still fit.</summary>
    private protected static Link LinkOf(LinkSession session, int index, string name) => LinkSelection.ByReference(session.Reader, new LinkReference(index, name), Failures.FailureId.LinkNotFound);

    private void Each(object target, Func<LinkSession, IEnumerable<Link>> select) => Attempt(target, () =>
    {
        LinkSession session = Session();
        foreach (Link link in select(session)) Attempt(link, () => Process(session, link));
    });
}
