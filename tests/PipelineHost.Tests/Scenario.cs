using System.Text.Json;

namespace PipelineHost.Tests;

/// <summary>A script, and what a real PowerShell 7.6 gave for it (recorded by Scenarios/record.ps1).</summary>
public sealed record Scenario(
    string Name,
    string Script,
    string[] Output,
    string[] Errors,
    string[] Messages,
    string[] Categories,
    string[] Warnings,
    string[] Verbose,
    string[] Debug,
    string[] WhatIf,
    bool Ended)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<Scenario> Load(string path) => JsonSerializer.Deserialize<Scenario[]>(File.ReadAllText(path), Options)!;

    public override string ToString() => Name;

    /// <summary>One line. Blanks at the ends of a table's lines do not count: the shell fills up some cells and others not.</summary>
    private static string Plain(string text) => string.Join("\\n", text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));

    /// <summary>Everything but the name and the script, as comparable text. What was output before a script ended is lost to the recorder.</summary>
    public string Describe()
    {
        (string Title, string[] Values)[] streams =
        [
            ("output", Ended ? [] : Output), ("errors", Errors), ("categories", Categories), ("messages", Messages), ("warnings", Warnings),
            ("verbose", Verbose), ("debug", Debug), ("what if", WhatIf), ("ended", [Ended.ToString()]),
        ];
        return string.Join("\n", streams.SelectMany(s => s.Values.Select(v => $"{s.Title}: {Plain(v)}")));
    }
}
