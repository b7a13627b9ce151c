using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Failures;
using MacvtapTools.Guests;

namespace MacvtapTools.Completion;

/// <summary>Completes the ids of network cards of the running QEMU whose socket was typed before. A QEMU that does not answer at once offers nothing.</summary>
public class QemuDeviceCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        if ((fakeBoundParameters["Socket"] ?? fakeBoundParameters["QmpSocket"])?.ToString() is not { Length: > 0 } socket) return [];
        try
        {
            using QmpConnection connection = QmpConnection.Open(Path.GetFullPath(socket), Patience, CancellationToken.None);
            return [.. new QemuNetworkClient(connection).List().Where(d => d.Id?.StartsWith(word, StringComparison.Ordinal) == true).Select(d => Completions.Result(d.Id!, $"{d.Model}, {d.MacAddress}"))];
        }
        catch (MacvtapException)
        {
            return [];
        }
    }
}
