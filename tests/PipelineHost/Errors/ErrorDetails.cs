using System.Globalization;

namespace System.Management.Automation;

/// <summary>A better text for an error, and what to do about it.</summary>
public class ErrorDetails
{
    public ErrorDetails(string message) => Message = message;

    public ErrorDetails(Cmdlet cmdlet, string baseName, string resourceId, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(cmdlet);
        Message = string.Format(CultureInfo.CurrentCulture, cmdlet.GetResourceString(baseName, resourceId), args);
    }

    public string Message { get; }

    public string RecommendedAction { get; set; } = string.Empty;

    public override string ToString() => Message;
}
