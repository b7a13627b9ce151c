using System.Text.Json;
using System.Text.Json.Serialization;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>One row of a scenario table; tests/Scenarios/README.md says what the fields mean.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required JsonElement Script { get; init; }

    public string[] Needs { get; init; } = [];

    public string? Only { get; init; }

    public string? Answer { get; init; }

    public JsonElement[] Output { get; init; } = [];

    public int? Count { get; init; }

    public ExpectedError[] Errors { get; init; } = [];

    public bool Stops { get; init; }

    public string[] Warnings { get; init; } = [];

    public string[] WhatIf { get; init; } = [];

    public string[] Prompts { get; init; } = [];

    public JsonElement? Then { get; init; }

    public JsonElement[] After { get; init; } = [];

    /// <summary>Lines, whether written as one text or as a list.</summary>
    internal static string Lines(JsonElement script) =>
        script.ValueKind == JsonValueKind.Array ? string.Join('\n', script.EnumerateArray().Select(l => l.GetString())) : script.GetString()!;
}

/// <summary>An error that a scenario expects.</summary>
internal sealed record ExpectedError
{
    public required string Id { get; init; }

    public required string Category { get; init; }

    public string? Advice { get; init; }

    public string? Message { get; init; }

    public string? Target { get; init; }

    /// <summary>The id as the shell shows it.</summary>
    [JsonIgnore]
    internal string FullId => Id.Split(',') is [var id, var command] ? $"{id},MacvtapTools.Commands.{command}Command" : Id;
}
