using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Gives the notes and forgets them.</summary>
[Cmdlet(VerbsCommon.Get, "Trace")]
public sealed class GetTraceCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(Trace.Take(), enumerateCollection: true);
}
