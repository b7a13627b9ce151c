using System.Collections;
using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Compares what a page shows with what came, by the rules of tests/Pester/Shape.psd1, which the real shell's tests use too.</summary>
internal static class ExampleShape
{
    private const string More = "...";

    private static readonly Lazy<(Regex Find, string Put)[]> _rules = new(() =>
        [.. ((object[])DataFile.Read(Repository.Path("tests", "Pester", "Shape.psd1"))["Rules"]!).Cast<Hashtable>()
            .Select(r => (new Regex((string)r["Find"]!, RegexOptions.IgnoreCase), (string)r["Put"]!))]);

    /// <summary>What differs, in words; null where the shape is the same.</summary>
    /// <param name="shown">What the page shows. A line "..." at its end stands for any further lines.</param>
    /// <param name="came">What came.</param>
    /// <param name="varies">A pattern of what differs from host to host, or null.</param>
    /// <param name="among">Whether other lines may come before, between and after.</param>
    internal static string? Difference(string shown, string came, string? varies = null, bool among = false)
    {
        string[] expected = [.. Lines(shown, varies)];
        string[] actual = [.. Lines(came, varies)];
        bool open = expected is [.., More];
        if (open) expected = expected[..^1];
        if (among) return Missing(expected, actual);
        if (open) actual = [.. actual.Take(expected.Length)];
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string left = i < expected.Length ? expected[i] : "(no more lines)";
            string right = i < actual.Length ? actual[i] : "(no more lines)";
            if (left != right) return $"line {i + 1}:\n  the page shows: {left}\n  what came:      {right}";
        }

        return null;
    }

    private static string? Missing(string[] expected, string[] actual)
    {
        int at = 0;
        foreach (string line in expected)
        {
            at = Array.IndexOf(actual, line, at) + 1;
            if (at == 0) return $"the page shows: {line}\n  and that did not come, or not in this order";
        }

        return null;
    }

    private static IEnumerable<string> Lines(string text, string? varies)
    {
        foreach (string line in text.Split('\n'))
        {
            string shape = _rules.Value.Aggregate(line.Trim(), (current, rule) => rule.Find.Replace(current, rule.Put));
            if (varies is not null) shape = Regex.Replace(shape, varies, "*", RegexOptions.IgnoreCase);
            if (shape.Length > 0) yield return shape;
        }
    }
}
