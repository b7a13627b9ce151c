namespace System.Management.Automation;

/// <summary>Another name of a property.</summary>
public class PSAliasProperty : PSPropertyInfo
{
    private PSObject? owner;

    public PSAliasProperty(string name, string referencedMemberName)
    {
        SetMemberName(name);
        ReferencedMemberName = referencedMemberName;
    }

    public string ReferencedMemberName { get; }

    public override bool IsGettable => Target.IsGettable;

    public override bool IsSettable => Target.IsSettable;

    public override PSMemberTypes MemberType => PSMemberTypes.AliasProperty;

    public override string TypeNameOfValue => Target.TypeNameOfValue;

    public override object? Value
    {
        get => Target.Value;
        set => Target.Value = value;
    }

    private PSPropertyInfo Target => owner?.Properties[ReferencedMemberName]
        ?? throw new RuntimeException($"The alias property \"{Name}\" refers to \"{ReferencedMemberName}\", which the object does not have.");

    public override PSMemberInfo Copy() => new PSAliasProperty(Name, ReferencedMemberName) { owner = owner };

    public override string ToString() => $"{Name} = {ReferencedMemberName}";

    internal PSAliasProperty OwnedBy(PSObject o) => new(Name, ReferencedMemberName) { owner = o };
}
