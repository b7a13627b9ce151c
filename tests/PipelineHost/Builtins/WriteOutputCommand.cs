using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Builtins;

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

        if (NoEnumerate)
        {
            WriteObject(InputObject.Length == 1 ? InputObject[0] : InputObject);
            return;
        }

        foreach (PSObject? item in InputObject)
            WriteObject(item, enumerateCollection: true);
    }
}
