namespace System.Management.Automation;

/// <summary>A message for the host, with colours.</summary>
public class HostInformationMessage
{
    public ConsoleColor? BackgroundColor { get; set; }

    public ConsoleColor? ForegroundColor { get; set; }

    public string? Message { get; set; }

    public bool? NoNewLine { get; set; }

    public override string ToString() => Message ?? string.Empty;
}
