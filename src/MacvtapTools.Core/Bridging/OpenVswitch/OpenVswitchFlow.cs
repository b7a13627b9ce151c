using System.Globalization;

namespace MacvtapTools.Bridging;

/// <summary>A flow as ovs-ofctl dump-flows shows it (ovs-ofctl(8)).</summary>
/// <param name="Cookie">What its maker marked it with.</param>
/// <param name="Table">The table's number.</param>
/// <param name="Priority">Higher goes first.</param>
/// <param name="Match">The fields that it matches, without the priority; empty for everything.</param>
/// <param name="Actions">What it does.</param>
internal sealed record OpenVswitchFlow(ulong Cookie, int Table, int Priority, IReadOnlyList<string> Match, string Actions)
{
    private const int DefaultPriority = 32768;
    private const string ActionsMark = " actions=";

    /// <summary>Whether frames of a port can come to it.</summary>
    internal bool MayMatch(int port) => !Match.Any(f => f.StartsWith("in_port=", StringComparison.Ordinal)) || Match.Contains(InPort(port));

    /// <summary>The field for frames that come in through a port.</summary>
    internal static string InPort(int port) => string.Create(CultureInfo.InvariantCulture, $"in_port={port}");

    /// <summary>Reads all flows of an answer; other lines are passed over.</summary>
    internal static IReadOnlyList<OpenVswitchFlow> ReadAll(string text) => [.. text.Split('\n').Select(Read).OfType<OpenVswitchFlow>()];

    private static OpenVswitchFlow? Read(string line)
    {
        int mark = line.IndexOf(ActionsMark, StringComparison.Ordinal);
        if (mark < 0) return null;
        string[] facts = line[..mark].Split(", ", StringSplitOptions.TrimEntries);

        // Flags such as send_flow_rem stand before the match, parted by a blank. The default priority is left out.
        string[] fields = facts[^1][(facts[^1].LastIndexOf(' ') + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        bool isFact = fields is [var only] && (only.StartsWith("idle_age=", StringComparison.Ordinal) || only.StartsWith("n_bytes=", StringComparison.Ordinal) || only.StartsWith("hard_age=", StringComparison.Ordinal));
        if (isFact) fields = [];
        string? priority = fields.FirstOrDefault(f => f.StartsWith("priority=", StringComparison.Ordinal))?["priority=".Length..];
        return new OpenVswitchFlow(
            Value(facts, "cookie=") is { } cookie ? Convert.ToUInt64(cookie, 16) : 0,
            Value(facts, "table=") is { } table ? int.Parse(table, CultureInfo.InvariantCulture) : 0,
            priority is null ? DefaultPriority : int.Parse(priority, CultureInfo.InvariantCulture),
            [.. fields.Where(f => !f.StartsWith("priority=", StringComparison.Ordinal))],
            line[(mark + ActionsMark.Length)..].Trim());
    }

    private static string? Value(string[] facts, string name) => facts.FirstOrDefault(f => f.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
