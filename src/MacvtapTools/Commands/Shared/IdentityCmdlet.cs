using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on links that have to be named: by name, by index, or by an object that another cmdlet gave.</summary>
/// <typeparam name="TObject">The object.</typeparam>
public abstract class IdentityCmdlet<TObject> : KernelCmdlet
    where TObject : class
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

    /// <summary>Objects that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TObject[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Each(index, s => [LinkSelection.ByIndex(s.Reader, index)], false);
                break;
            case ParameterSets.InputObject:
                foreach (TObject value in InputObject) Attempt(value, () => ProcessObject(value));
                break;
            default:
                foreach (string name in Name) Each(name, s => LinkSelection.ByName(s.Reader, name, null, WarnInterrupted), WildcardPattern.ContainsWildcardCharacters(name));
                break;
        }
    }

    /// <summary>Works on one link, as it is now.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link.</param>
    /// <param name="isPattern">It fits a pattern, and was not named itself.</param>
    private protected abstract void Process(LinkSession session, Link link, bool isPattern);

    /// <summary>Works on an object.</summary>
    private protected abstract void ProcessObject(TObject value);

    /// <summary>Says that a setter was given no value: a piped object's properties are not taken, since it has one for nearly every parameter.</summary>
    /// <param name="name">What nothing was set on.</param>
    /// <param name="example">A parameter with a value.</param>
    private protected void WarnOfNothing(string name, string example) =>
        WriteWarning($"Nothing was set on {name}: no value was given. {MyInvocation.MyCommand.Name} takes values from parameters alone ({example}), not from properties of piped objects.");

    private void Each(object target, Func<LinkSession, IEnumerable<Link>> select, bool isPattern) => Attempt(target, () =>
    {
        LinkSession session = Session();
        foreach (Link link in select(session)) Attempt(link, () => Process(session, link, isPattern));
    });
}
