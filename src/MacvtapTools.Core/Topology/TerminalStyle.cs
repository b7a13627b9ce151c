namespace MacvtapTools.Topology;

/// <summary>How lines look on this program's terminal. The escape sequences are those of $PSStyle.Foreground (ECMA-48, SGR), which are the terminal's own colours.</summary>
internal static class TerminalStyle
{
    /// <summary>The colours by name of part and role.</summary>
    internal static IReadOnlyDictionary<string, string> Colours { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Branch"] = "\u001b[90m",
        ["Good"] = "\u001b[32m",
        ["Bad"] = "\u001b[31m",
        ["Place"] = "\u001b[35m",
        ["Bridge"] = "\u001b[1;34m",
        ["Port"] = "\u001b[94m",
        ["LowerDevice"] = "\u001b[1;33m",
        ["Macvlan"] = "\u001b[36m",
        ["Macvtap"] = "\u001b[1;36m",
        ["Tap"] = "\u001b[36m",
        ["Holder"] = "\u001b[3m",
        ["Elsewhere"] = "\u001b[90m",
        ["Reset"] = "\u001b[0m",
    };

    /// <summary>Whether the output is a terminal.</summary>
    internal static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>How many columns the terminal has; 0 where it does not say.</summary>
    internal static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth;
            }
            catch (Exception failure) when (failure is IOException or PlatformNotSupportedException)
            {
                return 0;
            }
        }
    }
}
