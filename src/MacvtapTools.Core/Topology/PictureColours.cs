namespace MacvtapTools.Topology;

/// <summary>The colours of pictures: dark text on light boxes, whatever page they are on.</summary>
internal static class PictureColours
{
    internal const string Text = "#1f2937";
    internal const string Faint = "#4b5563";
    internal const string Line = "#64748b";
    internal const string Paper = "#fbfcfe";
    internal const string Frame = "#cbd5e1";
    internal const string Good = "#15803d";
    internal const string Bad = "#b91c1c";
    internal const string Unsure = "#d97706";

    private static readonly string[] Places = ["#0ea5e9", "#a855f7", "#f97316", "#14b8a6", "#ec4899", "#84cc16", "#6366f1", "#eab308"];

    /// <summary>The filling and the frame of a box.</summary>
    internal static (string Fill, string Frame) Of(TopologyRole role) => role switch
    {
        TopologyRole.Bridge => ("#dbeafe", "#2563eb"),
        TopologyRole.Port => ("#e0f2fe", "#0284c7"),
        TopologyRole.LowerDevice => ("#fef3c7", "#b45309"),
        TopologyRole.Macvlan => ("#ecfccb", "#4d7c0f"),
        TopologyRole.Macvtap => ("#dcfce7", "#15803d"),
        TopologyRole.Tap => ("#ccfbf1", "#0f766e"),
        TopologyRole.Holder => ("#f3e8ff", "#7e22ce"),
        TopologyRole.Elsewhere => ("#f8fafc", "#94a3b8"),
        _ => ("#f1f5f9", "#475569"),
    };

    /// <summary>What a role is called in a legend.</summary>
    internal static string NameOf(TopologyRole role) => role switch
    {
        TopologyRole.LowerDevice => "lower device",
        TopologyRole.Holder => "process that holds it",
        TopologyRole.Elsewhere => "not read",
        TopologyRole.Link => "other link",
        TopologyRole.Tap => "tun/tap",
        _ => role.ToString().ToLowerInvariant(),
    };

    internal static string OfPlace(int place) => Places[place % Places.Length];

    internal static string Of(ReachCell cell) => cell switch
    {
        ReachCell.Delivered => Good,
        ReachCell.NotDelivered => Bad,
        _ => Unsure,
    };
}
