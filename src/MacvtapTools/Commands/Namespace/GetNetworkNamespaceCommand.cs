using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Commands;

/// <summary>Gets network namespaces.</summary>
[Cmdlet(VerbsCommon.Get, "NetworkNamespace")]
[OutputType(typeof(NetworkNamespace))]
public sealed class GetNetworkNamespaceCommand : ModuleCmdlet
{
    /// <summary>Names (patterns are taken), paths of namespace files, or ids of processes. All registered namespaces where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("NetworkNamespace", "Namespace", "NetNS")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name ?? ["*"])
        {
            Attempt(name, () =>
            {
                if (WildcardPattern.ContainsWildcardCharacters(name) && !name.Contains('/'))
                {
                    var pattern = new WildcardPattern(name, WildcardOptions.None);
                    foreach (NetworkNamespace found in NamespaceStore.List().Where(n => pattern.IsMatch(n.Name))) WriteObject(found);
                    return;
                }

                using NamespaceHandle handle = NamespaceResolver.Open(name);
                WriteObject(handle.Describe());
            });
        }
    }
}
