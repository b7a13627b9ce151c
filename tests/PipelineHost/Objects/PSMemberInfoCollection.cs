using System.Collections;

namespace System.Management.Automation;

/// <summary>Members by name, in any case.</summary>
/// <typeparam name="T">The kind of member.</typeparam>
public abstract class PSMemberInfoCollection<T> : IEnumerable<T>
    where T : PSMemberInfo
{
    protected PSMemberInfoCollection()
    {
    }

    public abstract T? this[string name] { get; }

    public abstract void Add(T member);

    public abstract void Add(T member, bool preValidated);

    public abstract IEnumerator<T> GetEnumerator();

    public abstract ReadOnlyPSMemberInfoCollection<T> Match(string name);

    public abstract ReadOnlyPSMemberInfoCollection<T> Match(string name, PSMemberTypes memberTypes);

    public abstract void Remove(string name);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
