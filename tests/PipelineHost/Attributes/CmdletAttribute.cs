namespace System.Management.Automation;

/// <summary>Marks a class as a cmdlet.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CmdletAttribute(string verbName, string nounName) : CmdletCommonMetadataAttribute
{
    public string NounName { get; } = nounName;

    public string VerbName { get; } = verbName;
}
