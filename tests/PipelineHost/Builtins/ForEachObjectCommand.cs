using System.Management.Automation;
using System.Reflection;
using MacvtapTools.PipelineHost.Parsing;

namespace Microsoft.PowerShell.Commands;

/// <summary>Gives a property of each object, or what a method without parameters gives.</summary>
[Cmdlet("ForEach", "Object")]
[Alias("%", "foreach")]
public sealed class ForEachObjectCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string MemberName { get; set; } = string.Empty;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        object? plain = PSObject.Base(InputObject);
        MethodInfo? method = InputObject?.Properties[MemberName] is null
            ? plain?.GetType().GetMethod(MemberName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase, [])
            : null;
        object? given = method is null ? MemberNode.Read(InputObject, MemberName) : method.Invoke(plain, null);
        if (method?.ReturnType != typeof(void))
            WriteObject(given, enumerateCollection: true);
    }
}
