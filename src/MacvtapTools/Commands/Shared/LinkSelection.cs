using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>From names, patterns, indexes and objects to links as they are now.</summary>
internal static class LinkSelection
{
    /// <summary>The links of a name or a pattern. A pattern that fits nothing gives nothing.</summary>
    /// <exception cref="MacvtapException">LinkNotFound for a name that is not there.</exception>
    internal static IEnumerable<Link> ByName(LinkReader reader, string name, string? kind, Action onInterrupted)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name)) return [reader.Find(WildcardPattern.Unescape(name)) ?? throw NotFound($"'{name}'", reader, name)];
        var pattern = new WildcardPattern(name, WildcardOptions.None);
        return All(reader, kind, onInterrupted).Where(l => pattern.IsMatch(l.Name) || l.AlternativeName.Any(pattern.IsMatch));
    }

    /// <summary>All links.</summary>
    internal static IReadOnlyList<Link> All(LinkReader reader, string? kind, Action onInterrupted)
    {
        LinkList list = reader.List(kind);
        if (list.IsInterrupted) onInterrupted();
        return list.Links;
    }

    /// <summary>The link with an index.</summary>
    /// <exception cref="MacvtapException">LinkNotFound.</exception>
    internal static Link ByIndex(LinkReader reader, int index) => reader.Find(index) ?? throw NotFound($"with index {index}", reader, index);

    /// <summary>A link that was read before, as it is now. The index decides; where another link has it by now, this one is gone.</summary>
    /// <exception cref="MacvtapException">LinkNotFound.</exception>
    internal static Link Again(LinkReader reader, Link earlier)
    {
        Link now = reader.Find(earlier.InterfaceIndex) ?? throw NotFound($"'{earlier.Name}' (index {earlier.InterfaceIndex})", reader, earlier);
        bool isSame = now.Name == earlier.Name || (now.Kind == earlier.Kind && now.MacAddress == earlier.MacAddress);
        return isSame ? now : throw NotFound($"'{earlier.Name}': its index {earlier.InterfaceIndex} belongs to {now.Name} now", reader, earlier);
    }

    /// <summary>The link that a parameter names.</summary>
    /// <param name="reader">A reader of the namespace to look in.</param>
    /// <param name="reference">The parameter's value.</param>
    /// <param name="id">Which failure it is when it is not there.</param>
    internal static Link ByReference(LinkReader reader, LinkReference reference, FailureId id)
    {
        Link? found = reference.InterfaceIndex is { } index ? reader.Find(index) : reader.Find(reference.Name ?? string.Empty);
        if (found is not null && (reference.InterfaceIndex is null || reference.Name is null || found.Name == reference.Name || found.AlternativeName.Contains(reference.Name))) return found;
        string role = id == FailureId.LowerDeviceNotFound ? "lower device" : "link";
        throw new MacvtapException(id, $"There is no {role} '{reference}'{Place(reader)}.", Advice(reader), reference.ToString());
    }

    private static MacvtapException NotFound(string which, LinkReader reader, object target) =>
        new(FailureId.LinkNotFound, $"There is no link {which}{Place(reader)}.", Advice(reader), target);

    private static string Place(LinkReader reader) => reader.NetworkNamespace is { } name ? $" in network namespace '{name}'" : string.Empty;

    private static string Advice(LinkReader reader) => reader.NetworkNamespace is { } name ? $"Get-Link{CommandText.Place(name)} shows what is there." : "Get-Link shows what is there. Is it in another network namespace (-NetworkNamespace)?";
}
