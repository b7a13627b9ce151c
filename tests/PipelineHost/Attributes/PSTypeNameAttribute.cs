namespace System.Management.Automation;

/// <summary>Asks that an argument carries a type name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public class PSTypeNameAttribute(string psTypeName) : Attribute
{
    public string PSTypeName { get; } = psTypeName;
}
