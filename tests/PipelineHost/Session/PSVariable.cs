namespace System.Management.Automation;

/// <summary>A variable.</summary>
public class PSVariable
{
    public PSVariable(string name)
        : this(name, null)
    {
    }

    public PSVariable(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Value = value;
    }

    public string Name { get; }

    public virtual object? Value { get; set; }
}
