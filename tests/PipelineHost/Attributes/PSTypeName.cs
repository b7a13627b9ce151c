namespace System.Management.Automation;

/// <summary>A type by name, loaded or not.</summary>
public class PSTypeName
{
    public PSTypeName(Type type)
    {
        Type = type;
        Name = type.FullName ?? type.Name;
    }

    public PSTypeName(string name) => Name = name;

    public string Name { get; }

    public Type? Type { get; }

    public override string ToString() => Name;
}
