using System.Text.Json;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The scenario tables.</summary>
internal static class ScenarioFile
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    internal static string Folder => Repository.Path("tests", "Scenarios");

    /// <summary>The names of the tables.</summary>
    internal static IEnumerable<string> Topics => Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    internal static IReadOnlyList<Scenario> Read(string topic)
    {
        using FileStream file = File.OpenRead(Path.Combine(Folder, topic + ".json"));
        return JsonSerializer.Deserialize<Scenario[]>(file, _options) ?? throw new InvalidDataException($"{file.Name} is empty.");
    }
}
