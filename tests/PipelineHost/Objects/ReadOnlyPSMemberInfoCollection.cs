using System.Collections;

namespace System.Management.Automation;

/// <summary>The members that matched.</summary>
/// <typeparam name="T">The kind of member.</typeparam>
public class ReadOnlyPSMemberInfoCollection<T> : IEnumerable<T>
    where T : PSMemberInfo
{
    private readonly List<T> members;

    internal ReadOnlyPSMemberInfoCollection(IEnumerable<T> members) => this.members = [.. members];

    public int Count => members.Count;

    public T this[int index] => members[index];

    public T? this[string name] => members.Find(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase));

    public virtual IEnumerator<T> GetEnumerator() => members.GetEnumerator();

    public ReadOnlyPSMemberInfoCollection<T> Match(string name) => Match(name, PSMemberTypes.All);

    public ReadOnlyPSMemberInfoCollection<T> Match(string name, PSMemberTypes memberTypes)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        return new(members.Where(m => pattern.IsMatch(m.Name) && (m.MemberType & memberTypes) != 0));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
