using System.Text.RegularExpressions;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A command of the module in an advice, as a user would take it out and type it.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Text">All of it, up to where the sentence goes on.</param>
internal sealed partial record AdvisedCommand(string Cmdlet, string Text)
{
    /// <summary>What is about no link that is there, and so in no network namespace: what makes one anew, and what is about the host.</summary>
    private static readonly string[] WithoutLink = ["Get-NetworkNamespace", "New-BridgeLink", "New-TapLink", "New-VethLink", "Test-MacvtapHost"];

    /// <summary>Phrases that name a cmdlet and are no command: what it would be about is the user's to say.</summary>
    private static readonly string[] Phrases = ["Add-BridgePort of one end"];

    /// <summary>The commands that are about something of a network namespace.</summary>
    internal static IReadOnlyList<AdvisedCommand> In(string? advice) =>
        [.. Pattern().Matches(advice ?? string.Empty).Select(m => new AdvisedCommand(m.Groups[1].Value, m.Value)).Where(IsAboutNamespace)];

    /// <summary>Whether it goes into a network namespace.</summary>
    internal bool Names(string networkNamespace) => Text.Contains($" -NetworkNamespace {networkNamespace}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsAboutNamespace(AdvisedCommand command) =>
        ShippedModule.Cmdlets.ContainsKey(command.Cmdlet) && !WithoutLink.Contains(command.Cmdlet) && !Phrases.Any(p => command.Text.StartsWith(p, StringComparison.Ordinal))
        && !command.Text.Contains("-NetworkNamespace PID", StringComparison.Ordinal) && !command.Text.Contains("-NetworkNamespace THERE", StringComparison.Ordinal);

    /// <summary>A command ends with the sentence, at a mark that the shell would take for its end, or where the next one begins.</summary>
    [GeneratedRegex(@"\b([A-Z][a-z]+-[A-Z]\w+)(?:'(?:[^']|'')*'|(?![;|,)]|\.(?: |$)|\b[A-Z][a-z]+-[A-Z]\w).)*", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
