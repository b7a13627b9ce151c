using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Gives three notes, or four remarks, or a drawing of two lines.</summary>
[Cmdlet(VerbsCommon.Get, "Note")]
public sealed class GetNoteCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Drawn { get; set; }

    [Parameter]
    public SwitchParameter Remark { get; set; }

    protected override void ProcessRecord()
    {
        if (Drawn)
        {
            WriteObject(new NoteLine("br0"));
            WriteObject(new NoteLine("└─ p0"));
            return;
        }

        if (Remark)
        {
            WriteObject(new Remark(null, "one"));
            WriteObject(new Remark("Kernel", "two"));
            WriteObject(new Remark("Rights", "three"));
            WriteObject(new Remark(null, "four"));
            return;
        }

        WriteObject(new Note("Kernel", "one", "a line"));
        WriteObject(new Note("Kernel", "two", "a line\nand another"));
        WriteObject(new Note("Rights", "three", "a line"));
    }
}
