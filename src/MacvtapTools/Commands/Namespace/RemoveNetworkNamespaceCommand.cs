using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Namespaces;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Removes the names of network namespaces, as ip netns delete does. A namespace itself ends, with its links, when nothing uses it any more.</summary>
[Cmdlet(VerbsCommon.Remove, "NetworkNamespace", SupportsShouldProcess = true)]
public sealed class RemoveNetworkNamespaceCommand : ModuleCmdlet
{
    /// <summary>The names of the namespaces; patterns are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("NetworkNamespace", "Namespace", "NetNS")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Attempt(name, () =>
            {
                foreach (string found in Expand(name))
                {
                    Attempt(found, () =>
                    {
                        if (Proceed($"network namespace {found}", "Remove", () => NamespacePreflight.CheckDelete(found))) NamespaceStore.Delete(found);
                    });
                }
            });
        }
    }

    private static IReadOnlyList<string> Expand(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name)) return [name];
        var pattern = new WildcardPattern(name, WildcardOptions.None);
        return [.. NamespaceStore.List().Select(n => n.Name!).Where(pattern.IsMatch)];
    }
}
