using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of this machine's own users or groups: those of /etc/passwd and /etc/group. Name services over the network are not listed.</summary>
public class AccountCompleter : IArgumentCompleter
{
    private const int Fields = 4;
    private const int DescriptionField = 4;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool isGroup = parameterName.Equals("Group", StringComparison.OrdinalIgnoreCase);
        string word = Completions.Unquote(wordToComplete);
        return
        [
            .. Read(isGroup ? "/etc/group" : "/etc/passwd")
                .Where(f => f.Length >= Fields && f[0].StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .OrderBy(f => f[0], StringComparer.Ordinal)
                .Select(f => Completions.Result(f[0], isGroup ? DescribeGroup(f) : DescribeUser(f))),
        ];
    }

    private static string DescribeUser(string[] fields)
    {
        string name = fields.Length > DescriptionField ? fields[DescriptionField].Split(',')[0] : string.Empty;
        return $"user {fields[2]}{(name.Length > 0 ? $", {name}" : string.Empty)}";
    }

    private static string DescribeGroup(string[] fields) => $"group {fields[2]}{(fields[3].Length > 0 ? $": {fields[3]}" : string.Empty)}";

    private static IEnumerable<string[]> Read(string path)
    {
        try
        {
            return File.ReadAllLines(path).Select(l => l.Split(':'));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Nothing to offer: the cmdlet itself will say why.
            return [];
        }
    }
}
