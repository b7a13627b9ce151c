using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Gives three notes, or a drawing of two lines.</summary>
[Cmdlet(VerbsCommon.Get, "Note")]
public sealed class GetNoteCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Drawn { get; set; }

    protected override void ProcessRecord()
    {
        if (Drawn)
        {
            WriteObject(new NoteLine("br0"));
            WriteObject(new NoteLine("└─ p0"));
            return;
        }

        WriteObject(new Note("Kernel", "one", "a line"));
        WriteObject(new Note("Kernel", "two", "a line\nand another"));
        WriteObject(new Note("Rights", "three", "a line"));
    }
}
