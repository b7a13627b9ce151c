using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Gives objects as the text that a terminal would show.</summary>
[Cmdlet("Out", "String")]
public sealed class OutStringCommand : PSCmdlet
{
    private readonly List<PSObject?> items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing() => WriteObject(SessionState.Session.Formats.Format(items, Width));
}
