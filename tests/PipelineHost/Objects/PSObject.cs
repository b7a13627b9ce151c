using System.Collections;
using System.Collections.ObjectModel;
using System.Reflection;
using MacvtapTools.PipelineHost;

namespace System.Management.Automation;

/// <summary>An object with its type names and the properties that were added to it.</summary>
public class PSObject : IFormattable, IComparable
{
    public const string AdaptedMemberSetName = "psadapted";
    public const string BaseObjectMemberSetName = "psbase";
    public const string ExtendedMemberSetName = "psextended";

    private readonly List<PSPropertyInfo> added = [];
    private Collection<string>? typeNames;

    public PSObject()
        : this(PSCustomObject.Instance)
    {
    }

    public PSObject(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ImmediateBaseObject = obj;
    }

    public object BaseObject => ImmediateBaseObject is PSObject inner ? inner.BaseObject : ImmediateBaseObject;

    public object ImmediateBaseObject { get; }

    public PSMemberInfoCollection<PSMemberInfo> Members => new ObjectMembers<PSMemberInfo>(this);

    public PSMemberInfoCollection<PSPropertyInfo> Properties => new ObjectMembers<PSPropertyInfo>(this);

    public Collection<string> TypeNames => typeNames ??= ImmediateBaseObject is PSObject inner ? inner.TypeNames : NamesOf(BaseObject.GetType());

    /// <summary>The text of the token this value was read from: what a string parameter gets.</summary>
    internal string? TokenText { get; init; }

    internal bool HasAddedProperties => added.Count > 0;

    internal bool HasOwnTypeNames => typeNames is not null && !typeNames.SequenceEqual(NamesOf(BaseObject.GetType()));

    public static PSObject AsPSObject(object obj) => obj as PSObject ?? new PSObject(obj);

    public static implicit operator PSObject(double valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(int valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(bool valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(Hashtable valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(string valueToConvert) => AsPSObject(valueToConvert);

    public virtual PSObject Copy()
    {
        PSObject copy = new(ImmediateBaseObject);
        foreach (PSPropertyInfo property in added)
            copy.AddProperty((PSPropertyInfo)property.Copy());

        if (typeNames is not null)
            copy.typeNames = [.. typeNames];

        return copy;
    }

    public int CompareTo(object? obj) => LanguagePrimitives.Compare(BaseObject, obj);

    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj) || (obj is PSObject other ? BaseObject is not PSCustomObject && BaseObject.Equals(other.BaseObject) : BaseObject.Equals(obj));

    public override int GetHashCode() => BaseObject is PSCustomObject ? base.GetHashCode() : BaseObject.GetHashCode();

    public string ToString(string? format, IFormatProvider? formatProvider) =>
        BaseObject is IFormattable formattable ? formattable.ToString(format, formatProvider) : ToString();

    public override string ToString()
    {
        if (TokenText is not null)
            return TokenText;

        if (BaseObject is not PSCustomObject)
            return LanguagePrimitives.ToText(BaseObject);

        return added.Count == 0 ? string.Empty : "@{" + string.Join("; ", added.Select(p => p.Name + "=" + LanguagePrimitives.ToText(p.Value))) + "}";
    }

    internal static object? Base(object? value) => value switch
    {
        PSObject o when ReferenceEquals(o, Internal.AutomationNull.Value) => null,
        PSObject { BaseObject: PSCustomObject } custom => custom,
        PSObject wrapped => wrapped.BaseObject,
        _ => value,
    };

    internal PSPropertyInfo? FindProperty(string name) =>
        AllProperties().FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    internal void AddProperty(PSPropertyInfo property)
    {
        RemoveProperty(property.Name);
        added.Add(property is PSAliasProperty alias ? alias.OwnedBy(this) : property);
    }

    internal void RemoveProperty(string name) => added.RemoveAll(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Added ones first, then those of the type files, then the .NET ones; a later one of a name that was seen is hidden.</summary>
    internal IEnumerable<PSPropertyInfo> AllProperties()
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<PSPropertyInfo> inherited = ImmediateBaseObject is PSObject inner ? inner.AllProperties() : ClrProperties();
        return added.Concat(TypeTable.Current.AliasesFor(TypeNames).Select(a => a.OwnedBy(this))).Concat(inherited).Where(p => seen.Add(p.Name));
    }

    private static Collection<string> NamesOf(Type type)
    {
        Collection<string> names = [];
        for (Type? t = type; t is not null; t = t.BaseType)
            names.Add(t.FullName ?? t.Name);

        return names;
    }

    private IEnumerable<PSPropertyInfo> ClrProperties()
    {
        if (BaseObject is PSCustomObject)
            return [];

        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        Type type = BaseObject.GetType();
        return type.GetProperties(Public)
            .Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod is { IsPublic: true } && !p.PropertyType.IsByRefLike)
            .Cast<MemberInfo>()
            .Concat(type.GetFields(Public))
            .Select(m => new PSProperty(BaseObject, m));
    }
}
