using System.Collections;
using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>What the completers share.</summary>
internal static class Completions
{
    private const string NamespaceParameter = "NetworkNamespace";

    private static readonly string[] NamespaceParameters = [NamespaceParameter, "Namespace", "NetNS"];

    /// <summary>The namespace that was typed before, or null.</summary>
    internal static string? Namespace(IDictionary bound) => NamespaceParameters.Select(n => Typed(bound, n).FirstOrDefault()).FirstOrDefault(v => v is not null);

    /// <summary>The values that were typed before for a parameter; none where it was not, or is only known when the line runs.</summary>
    internal static IEnumerable<string> Typed(IDictionary bound, string parameter) =>
        (bound[parameter] is object?[] several ? several : [bound[parameter]]).Select(static v => v?.ToString()).OfType<string>().Where(v => v.Length > 0);

    /// <summary>The word without the quotes that the user began it with.</summary>
    internal static string Unquote(string? word)
    {
        string text = word ?? string.Empty;
        if (text.Length == 0 || text[0] is not ('\'' or '"')) return text;
        string quote = text[..1];
        string inner = text[1..];
        if (inner.EndsWith(quote, StringComparison.Ordinal)) inner = inner[..^1];
        return inner.Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>What fits a word as it was typed: what begins with it, and where it is a pattern, what that fits.</summary>
    internal static Func<string, bool> Matcher(string? word)
    {
        string typed = Unquote(word);
        if (WildcardPattern.ContainsWildcardCharacters(typed) && Pattern($"{typed}*", WildcardOptions.IgnoreCase) is { } pattern) return pattern.IsMatch;
        string beginning = WildcardPattern.Unescape(typed);
        return text => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a link is one of those that were typed by name or pattern.</summary>
    internal static bool IsNamed(Link link, IEnumerable<WildcardPattern> patterns) => patterns.Any(p => p.IsMatch(link.Name) || link.AlternativeName.Any(p.IsMatch));

    /// <summary>A pattern; null where it is none, because a bracket is open still.</summary>
    internal static WildcardPattern? Pattern(string text, WildcardOptions options = WildcardOptions.None)
    {
        try
        {
            var pattern = new WildcardPattern(text, options);
            pattern.IsMatch(string.Empty);
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }

    /// <summary>One offer; quoted where the shell would take it apart.</summary>
    /// <param name="text">The value.</param>
    /// <param name="toolTip">What it is.</param>
    /// <param name="isPattern">The parameter takes patterns: what would be one in the value is escaped.</param>
    internal static CompletionResult Result(string text, string toolTip, bool isPattern = false)
    {
        string typed = isPattern ? CommandText.Pattern(text) : CommandText.Word(text);
        return new CompletionResult(typed, text, CompletionResultType.ParameterValue, toolTip);
    }

    /// <summary>What the kernel has to offer in the namespace that was typed; nothing where it cannot be asked: the cmdlet itself will say why.</summary>
    /// <param name="bound">What was typed before.</param>
    /// <param name="offer">Makes offers of what is there.</param>
    /// <param name="namespaceParameter">The parameter that names the namespace.</param>
    internal static IEnumerable<CompletionResult> Ask(IDictionary bound, Func<LinkSession, IEnumerable<CompletionResult>> offer, string namespaceParameter = NamespaceParameter)
    {
        if (!OperatingSystem.IsLinux()) return [];
        try
        {
            using LinkSession session = LinkSession.Open(Typed(bound, namespaceParameter).FirstOrDefault() ?? Namespace(bound));
            return [.. offer(session)];
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            return [];
        }
    }

    /// <summary>The links of a session's namespace, without their counters and without what sysfs tells of physical ones: nobody looks at those here.</summary>
    internal static IReadOnlyList<Link> Links(LinkSession session) => new LinkReader(session.Conversation, session.Reader.NetworkNamespace).List(hasStatistics: false).Links;

    /// <summary>What a link is, in a line.</summary>
    internal static string Describe(Link link)
    {
        string what = link switch
        {
            MacvlanLink m => $"{m.Kind} on {m.LowerDevice ?? "another namespace's device"}, {m.Mode}",
            VethLink v => $"veth, peer {v.Peer ?? "in another namespace"}",
            TapLink t => $"{t.Mode.ToString().ToLowerInvariant()} device",
            _ => link.Kind ?? "device",
        };
        return $"{link.InterfaceIndex}: {what}{(link.Master is { } master ? $", port of {master}" : string.Empty)}, {link.Status}, {link.MacAddress}";
    }
}
