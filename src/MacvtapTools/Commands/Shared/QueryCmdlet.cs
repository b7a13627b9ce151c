using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that tells something about links: about all of them where none is named.</summary>
/// <typeparam name="TObject">The object that it takes beside names and indexes.</typeparam>
public abstract class QueryCmdlet<TObject> : KernelCmdlet
    where TObject : class
{
    /// <summary>The names of the links; patterns are taken. All links where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The interface indexes of the links.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Objects that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    public TObject[] InputObject { get; set; } = [];

    /// <summary>Network namespaces that Get-NetworkNamespace gave: all links of each are meant. It is a set of its own, so that the namespace's name is not taken for a link's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByNamespace, ValueFromPipeline = true)]
    public NetworkNamespace[] InputNamespace { get; set; } = [];

    /// <summary>No link was named: all are meant.</summary>
    private protected bool IsEverything => ParameterSetName == ParameterSets.ByNamespace || (ParameterSetName == ParameterSets.ByName && Name is null);

    /// <summary>The kind that is asked of the kernel where several links are read at once; null for every kind.</summary>
    private protected virtual string? ListedKind => null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Attempt(index, () => Process(Session(), [LinkSelection.ByIndex(Session().Reader, index)], true));
                break;
            case ParameterSets.InputObject:
                foreach (TObject value in InputObject) Attempt(value, () => ProcessObject(value));
                break;
            case ParameterSets.ByNamespace:
                foreach (NetworkNamespace value in InputNamespace) Attempt(value, () => ProcessAll(Session(value.ToString())));
                break;
            default:
                if (Name is null) Attempt(null, () => ProcessAll(Session()));
                else foreach (string name in Name) Attempt(name, () => ProcessName(name));
                break;
        }
    }

    /// <summary>Tells about links that belong together: one that was named, those that fit a pattern, or all. Reading many at once is cheaper.</summary>
    /// <param name="session">The session of their namespace.</param>
    /// <param name="links">The links, as they are now.</param>
    /// <param name="isNamed">It is one link, and it was named itself.</param>
    private protected abstract void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed);

    /// <summary>Tells about an object, as it is now.</summary>
    private protected abstract void ProcessObject(TObject value);

    private void ProcessAll(LinkSession session) => Process(session, LinkSelection.All(session.Reader, ListedKind, WarnInterrupted), false);

    private void ProcessName(string name) =>
        Process(Session(), [.. LinkSelection.ByName(Session().Reader, name, ListedKind, WarnInterrupted)], !WildcardPattern.ContainsWildcardCharacters(name));
}
