namespace System.Management.Automation;

/// <summary>A member of an object.</summary>
public abstract class PSMemberInfo
{
    private string name = string.Empty;

    protected PSMemberInfo()
    {
    }

    public bool IsInstance { get; internal set; }

    public abstract PSMemberTypes MemberType { get; }

    public string Name => name;

    public abstract string TypeNameOfValue { get; }

    public abstract object? Value { get; set; }

    public abstract PSMemberInfo Copy();

    protected void SetMemberName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.name = name;
    }
}
