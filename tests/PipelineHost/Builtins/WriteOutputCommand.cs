using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Gives what it gets, lists taken apart once.</summary>
[Cmdlet("Write", "Output")]
[Alias("echo", "write")]
public sealed class WriteOutputCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            WriteObject(null);
            return;
        }

        WriteObject(InputObject, !NoEnumerate);
    }
}
