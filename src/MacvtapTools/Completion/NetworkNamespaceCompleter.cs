using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of the registered network namespaces.</summary>
public class NetworkNamespaceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (!OperatingSystem.IsLinux()) return [];
        Func<string, bool> fits = Completions.Matcher(wordToComplete);
        try
        {
            return [.. NamespaceStore.List().Where(n => n.Name is { } name && fits(name)).Select(n => Completions.Result(n.Name!, $"network namespace, {n.Path}, inode {n.Inode}"))];
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            // Nothing to offer: the cmdlet itself will say why.
            return [];
        }
    }
}
