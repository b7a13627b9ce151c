namespace System.Management.Automation;

/// <summary>Names the completer of a parameter's values. Script blocks cannot run here.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class ArgumentCompleterAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
