using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>A pattern of <c>*</c>, <c>?</c> and <c>[a-z]</c>, with the backtick as escape.</summary>
public sealed class WildcardPattern
{
    private const char Escaper = '`';
    private readonly Regex regex;

    public WildcardPattern(string pattern)
        : this(pattern, WildcardOptions.None)
    {
    }

    public WildcardPattern(string pattern, WildcardOptions options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        RegexOptions regexOptions = RegexOptions.Singleline;
        if (options.HasFlag(WildcardOptions.IgnoreCase))
            regexOptions |= RegexOptions.IgnoreCase;

        if (options.HasFlag(WildcardOptions.CultureInvariant))
            regexOptions |= RegexOptions.CultureInvariant;

        regex = new Regex(ToRegex(pattern), regexOptions);
    }

    public static bool ContainsWildcardCharacters(string pattern)
    {
        for (int i = 0; i < (pattern?.Length ?? 0); i++)
        {
            if (pattern![i] is '*' or '?' or '[' or ']')
                return true;

            if (pattern[i] == Escaper)
                i++;
        }

        return false;
    }

    public static string Escape(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        StringBuilder text = new();
        foreach (char c in pattern)
        {
            if (c is '*' or '?' or '[' or ']' or Escaper)
                text.Append(Escaper);

            text.Append(c);
        }

        return text.ToString();
    }

    public static WildcardPattern Get(string pattern, WildcardOptions options) => new(pattern, options);

    public static string Unescape(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        StringBuilder text = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            bool escapes = pattern[i] == Escaper && i + 1 < pattern.Length && pattern[i + 1] is '*' or '?' or '[' or ']' or Escaper;
            if (escapes && pattern[i] == Escaper)
                i++;

            text.Append(pattern[i]);
        }

        return text.ToString();
    }

    public bool IsMatch(string input) => input is not null && regex.IsMatch(input);

    private static string ToRegex(string pattern)
    {
        StringBuilder text = new("\\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == Escaper && i + 1 < pattern.Length)
                text.Append(Regex.Escape(pattern[++i].ToString()));
            else if (c == '[')
                i = AppendSet(pattern, i, text);
            else
                text.Append(c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) });
        }

        return text.Append("\\z").ToString();
    }

    /// <summary>A bracket set runs to the first unescaped <c>]</c>, except that one right after the <c>[</c> is a member.</summary>
    private static int AppendSet(string pattern, int open, StringBuilder text)
    {
        List<(char Value, bool Literal)> members = [];
        for (int i = open + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && members.Count > 0)
            {
                AppendMembers(members, text);
                return i;
            }

            if (pattern[i] == Escaper && i + 1 < pattern.Length)
                members.Add((pattern[++i], true));
            else
                members.Add((pattern[i], false));
        }

        throw new WildcardPatternException($"The specified wildcard character pattern is not valid: {pattern}");
    }

    private static void AppendMembers(List<(char Value, bool Literal)> members, StringBuilder text)
    {
        text.Append('[');
        for (int i = 0; i < members.Count; i++)
        {
            bool range = i + 2 < members.Count && members[i + 1] is { Value: '-', Literal: false };
            text.Append(Hex(members[i].Value));
            if (range)
            {
                text.Append('-').Append(Hex(members[i + 2].Value));
                i += 2;
            }
        }

        text.Append(']');
    }

    private static string Hex(char c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture);
}
