using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools;

/// <summary>One link that a parameter names: by name, by interface index, or as any object that has one of them (a link, a bridge port, what ip -j prints, a deserialized link).</summary>
public sealed class LinkReference
{
    private static readonly string[] NameProperties = ["Name", "ifname", "IfName", "InterfaceAlias"];
    private static readonly string[] IndexProperties = ["InterfaceIndex", "ifindex"];

    /// <summary>A link by name.</summary>
    /// <param name="name">The name or alternative name.</param>
    public LinkReference(string name) => Name = name;

    /// <summary>A link by index.</summary>
    /// <param name="interfaceIndex">The interface index.</param>
    public LinkReference(int interfaceIndex)
    {
        InterfaceIndex = interfaceIndex;
        IsNumber = true;
    }

    internal LinkReference(int interfaceIndex, string name)
    {
        InterfaceIndex = interfaceIndex;
        Name = name;
    }

    /// <summary>A link that was read before.</summary>
    /// <param name="link">The link.</param>
    public LinkReference(Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        Name = link.Name;
        InterfaceIndex = link.InterfaceIndex;
        NetworkNamespace = link.NetworkNamespace;
        IsNamespaceKnown = true;
    }

    /// <summary>The lower device of a reflective relay.</summary>
    /// <param name="relay">The relay.</param>
    /// <exception cref="ArgumentException">Its lower device is gone.</exception>
    public LinkReference(ReflectiveRelay relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        Name = relay.LowerDevice ?? throw new ArgumentException($"The lower device of the relay {relay.Name} is gone.", nameof(relay));
        InterfaceIndex = relay.InterfaceIndex;
        NetworkNamespace = relay.NetworkNamespace;
        IsNamespaceKnown = true;
    }

    /// <summary>Any object with a Name or InterfaceIndex.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It has neither.</exception>
    public LinkReference(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Name = First(value, NameProperties) as string ?? (value.BaseObject as string);
        if (First(value, IndexProperties) is { } index) InterfaceIndex = Convert.ToInt32(index, CultureInfo.InvariantCulture);
        NetworkNamespace = First(value, [nameof(NetworkNamespace)]) as string;
        IsNamespaceKnown = value.Properties[nameof(NetworkNamespace)] is not null;
        if (Name is null && InterfaceIndex is null) throw new ArgumentException($"'{value}' names no link: it has neither a Name nor an InterfaceIndex.", nameof(value));
    }

    /// <summary>What a parameter takes that is given links, their names, their indexes, and objects that name one.</summary>
    /// <exception cref="ArgumentException">The object names no link.</exception>
    internal static LinkReference Of(PSObject value) => value.BaseObject switch
    {
        Link link => new LinkReference(link),
        string name => new LinkReference(name),
        int index => new LinkReference(index),
        _ => new LinkReference(value),
    };

    /// <summary>The name; null where only the index is known.</summary>
    public string? Name { get; }

    /// <summary>The interface index; null where only the name is known.</summary>
    public int? InterfaceIndex { get; }

    /// <summary>The namespace of the object that this came from; null where it is not known, or the current one.</summary>
    public string? NetworkNamespace { get; }

    /// <summary>Whether this came from an object that tells its namespace; then null means the current one.</summary>
    internal bool IsNamespaceKnown { get; }

    /// <summary>Whether it is a number and nothing else: an index, or digits that were typed and are a name.</summary>
    internal bool IsNumber { get; }

    /// <summary>The name, or the index.</summary>
    public override string ToString() => Name ?? InterfaceIndex?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static object? First(PSObject value, string[] names)
    {
        foreach (string name in names)
        {
            if (value.Properties[name]?.Value is { } found) return found is PSObject wrapped ? wrapped.BaseObject : found;
        }

        return null;
    }
}
