namespace System.Management.Automation;

/// <summary>The properties of one object, seen through the collection type that a caller asked for.</summary>
internal sealed class ObjectMembers<T>(PSObject owner) : PSMemberInfoCollection<T>
    where T : PSMemberInfo
{
    public override T? this[string name] => owner.FindProperty(name) as T;

    public override void Add(T member) => owner.AddProperty(member as PSPropertyInfo
        ?? throw new PSNotSupportedException("The stand-in knows properties only."));

    public override void Add(T member, bool preValidated) => Add(member);

    public override IEnumerator<T> GetEnumerator() => owner.AllProperties().OfType<T>().GetEnumerator();

    public override ReadOnlyPSMemberInfoCollection<T> Match(string name) => Match(name, PSMemberTypes.All);

    public override ReadOnlyPSMemberInfoCollection<T> Match(string name, PSMemberTypes memberTypes) =>
        new ReadOnlyPSMemberInfoCollection<T>(this).Match(name, memberTypes);

    public override void Remove(string name) => owner.RemoveProperty(name);
}
