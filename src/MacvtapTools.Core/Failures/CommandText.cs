namespace MacvtapTools.Failures;

/// <summary>
/// Commands inside an advice, such that they do what is meant when they are typed: on the link that is meant and no other one. Names come from whoever owns a network
/// namespace, and may hold whatever the shell would run.
/// </summary>
internal static class CommandText
{
    /// <summary>What the shell takes for a single quote, also inside a text in single quotes.</summary>
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>What means more than itself in a pattern.</summary>
    private const string PatternCharacters = "*?[]`";

    /// <summary>A command about a link.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="link">The link's name, for a cmdlet that takes it first and as a pattern.</param>
    /// <param name="networkNamespace">The link's network namespace; null for the current one.</param>
    /// <param name="rest">The other arguments, as they are typed.</param>
    internal static string For(string command, string link, string? networkNamespace, string? rest = null) => $"{command} {Pattern(link)}{(rest is null ? string.Empty : $" {rest}")}{Place(networkNamespace)}";

    /// <summary>The parameter for a network namespace; nothing for the current one.</summary>
    internal static string Place(string? networkNamespace) => networkNamespace is null ? string.Empty : $" -NetworkNamespace {Word(networkNamespace)}";

    /// <summary>Another program's command, run in a network namespace: what a user named one by is a name, a path or a process id.</summary>
    internal static string Program(string command, string? networkNamespace) => networkNamespace switch
    {
        null => command,
        _ when networkNamespace.Contains('/', StringComparison.Ordinal) => $"nsenter --net={Word(networkNamespace)} {command}",
        _ when networkNamespace.All(char.IsAsciiDigit) => $"nsenter --target {networkNamespace} --net {command}",
        _ => $"ip netns exec {Word(networkNamespace)} {command}",
    };

    /// <summary>A name for a parameter that takes patterns, and no pattern.</summary>
    internal static string Pattern(string name) => Word(Escape(name));

    /// <summary>A pattern that only this text fits.</summary>
    internal static string Escape(string text) => string.Concat(text.Select(static c => PatternCharacters.Contains(c, StringComparison.Ordinal) ? $"`{c}" : c.ToString()));

    /// <summary>A text as one argument; in single quotes where the shell would read it otherwise.</summary>
    internal static string Word(string text) => IsPlain(text) ? text : Quote(text);

    private static string Quote(string text) => $"'{string.Concat(text.Select(static c => SingleQuotes.Contains(c, StringComparison.Ordinal) ? new string(c, 2) : c.ToString()))}'";

    /// <summary>Whether the shell takes it as it stands, for a text: a dash begins a parameter, and a number would be an interface index.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' or '@')
        && text[0] is not ('-' or '@')
        && !IsLikeNumber(text);

    /// <summary>What begins as a number, and is no address of any kind.</summary>
    private static bool IsLikeNumber(string text) =>
        char.IsAsciiDigit(text[0] == '.' && text.Length > 1 ? text[1] : text[0])
        && !text.Contains(':', StringComparison.Ordinal)
        && !text.Contains('/', StringComparison.Ordinal)
        && text.Count(static c => c == '.') < 2;
}
