namespace System.Management.Automation;

/// <summary>A property that is just a name and a value.</summary>
public class PSNoteProperty : PSPropertyInfo
{
    private object? current;

    public PSNoteProperty(string name, object? value)
    {
        SetMemberName(name);
        current = value;
        IsInstance = true;
    }

    public override bool IsGettable => true;

    public override bool IsSettable => true;

    public override PSMemberTypes MemberType => PSMemberTypes.NoteProperty;

    public override string TypeNameOfValue => current?.GetType().FullName ?? "System.Object";

    public override object? Value
    {
        get => current;
        set => current = value;
    }

    public override PSMemberInfo Copy() => new PSNoteProperty(Name, current);

    public override string ToString() => $"{TypeNameOfValue} {Name}={current}";
}
