namespace System.Management.Automation.Internal;

/// <summary>Base of every attribute that describes a cmdlet or its parameters.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class CmdletMetadataAttribute : Attribute
{
    internal CmdletMetadataAttribute()
    {
    }
}
