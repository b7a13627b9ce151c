namespace MacvtapTools.Tour.Shells;

/// <summary>An error of a statement.</summary>
/// <param name="Id">Its stable id, such as NotBridgePort.</param>
/// <param name="Command">The cmdlet, or null.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Advice">What would help, or null.</param>
internal sealed record LineError(string Id, string? Command, string Message, string? Advice)
{
    /// <summary>The id alone, from "NotBridgePort,MacvtapTools.Commands.EnableHairpinCommand".</summary>
    internal static string ShortId(string fullyQualifiedId) => fullyQualifiedId.Split(',')[0];
}
