using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of programs that run guests on tap devices, as far as PATH has them.</summary>
public class ProgramNameCompleter : IArgumentCompleter
{
    private static readonly string[] Patterns = ["qemu-system-*", "qemu-kvm", "kvm", "cloud-hypervisor", "crosvm", "firecracker", "linux.uml", "vde_plug"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        if (word.Contains('/', StringComparison.Ordinal)) return [];
        return [.. Found().Where(p => p.Name.StartsWith(word, StringComparison.Ordinal)).DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Completions.Result(p.Name, p.Path))];
    }

    private static IEnumerable<(string Name, string Path)> Found() =>
        from directory in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries)
        where Directory.Exists(directory)
        from pattern in Patterns
        from path in Directory.EnumerateFiles(directory, pattern, new EnumerationOptions { IgnoreInaccessible = true })
        select (Path.GetFileName(path), path);
}
