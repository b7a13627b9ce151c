namespace System.Management.Automation.Internal;

/// <summary>Base of the attributes that matter while a command line is parsed.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class ParsingBaseAttribute : CmdletMetadataAttribute
{
    internal ParsingBaseAttribute()
    {
    }
}
