using System.Text.Json;

namespace MacvtapTools.Tests.Route;

/// <summary>A request that a running kernel (Linux 6.18) took, or refused as it says, byte by byte; sequence number 100, port id 0.</summary>
internal sealed record GoldenRequest(string Name, byte[] Bytes)
{
    internal static IReadOnlyList<GoldenRequest> All { get; } = Load();

    private static List<GoldenRequest> Load()
    {
        using var document = JsonDocument.Parse(TestData.Text("golden-requests.json"));
        return [.. document.RootElement.EnumerateArray().Select(e => new GoldenRequest(e.GetProperty("name").GetString()!, Convert.FromHexString(e.GetProperty("request").GetString()!)))];
    }
}
