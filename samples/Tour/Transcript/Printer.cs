using MacvtapTools.Tour.Shells;

namespace MacvtapTools.Tour.Transcript;

/// <summary>Writes what is done and what came of it, alike for every shell.</summary>
internal sealed class Printer(TextWriter writer, bool hasColours)
{
    private const string Red = "31";
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Cyan = "36";
    private const string Bold = "1";

    internal void Headline(string text) => Write(Bold, text);

    internal void Plain(string text) => writer.WriteLine(text);

    internal void Blank() => writer.WriteLine();

    internal void Narration(string text) => Write(Cyan, $"# {text}");

    internal void Statement(string text) => writer.WriteLine($"{Paint(Bold, "PS>")} {text}");

    internal void Good(string text) => Write(Green, text);

    internal void Bad(string text) => Write(Red, text);

    internal void Result(LineResult result)
    {
        foreach (string text in result.WhatIf)
            writer.WriteLine(text);
        foreach (string text in result.Warnings)
            Write(Yellow, $"WARNING: {text}");
        foreach (LineError error in result.Errors)
            Error(error);
        foreach (string line in Trimmed(result.Text))
            writer.WriteLine(line);
        writer.Flush();
    }

    internal void Error(LineError error)
    {
        Write(Red, error.Command is null ? error.Message : $"{error.Command}: {error.Message}");
        if (error.Advice is not null)
            Write(Red, $"  Recommendation: {error.Advice}");
    }

    // Shells put blank lines around a table.
    private static IEnumerable<string> Trimmed(string text) => text.Trim('\r', '\n').Split('\n').Select(l => l.TrimEnd()).SkipWhile(l => l.Length == 0);

    private void Write(string colour, string text) => writer.WriteLine(Paint(colour, text));

    private string Paint(string colour, string text) => hasColours ? $"\e[{colour}m{text}\e[0m" : text;
}
