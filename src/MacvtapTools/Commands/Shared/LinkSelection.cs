using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>From names, patterns, indexes and objects to links as they are now.</summary>
internal static class LinkSelection
{
    /// <summary>The links of a name or a pattern. A pattern that fits nothing gives nothing.</summary>
    /// <exception cref="MacvtapException">LinkNotFound for a name that is not there.</exception>
    internal static IEnumerable<Link> ByName(LinkReader reader, string name, string? kind, Action onInterrupted)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name)) return [reader.Find(WildcardPattern.Unescape(name)) ?? throw NotFound($"'{name}'", reader, name, WildcardPattern.Unescape(name))];
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
        return LinkIdentity.IsSame(now, earlier) ? now : throw NotFound($"'{earlier.Name}': its index {earlier.InterfaceIndex} belongs to {now.Name} now", reader, earlier);
    }

    /// <summary>The link that a parameter names.</summary>
    /// <param name="reader">A reader of the namespace to look in.</param>
    /// <param name="reference">The parameter's value.</param>
    /// <param name="id">Which failure it is when it is not there.</param>
    internal static Link ByReference(LinkReader reader, LinkReference reference, FailureId id)
    {
        Link? found = reference.InterfaceIndex is { } index ? reader.Find(index) : reader.Find(reference.Name ?? string.Empty);
        if (reference.IsNumber && reader.Find(reference.ToString()) is { } named && named.InterfaceIndex != found?.InterfaceIndex) found = found is null ? named : throw Ambiguous(reference, found, named);
        if (found is not null && (reference.InterfaceIndex is null || reference.Name is null || found.Name == reference.Name || found.AlternativeName.Contains(reference.Name))) return found;
        string role = id == FailureId.LowerDeviceNotFound ? "lower device" : "link";
        throw new MacvtapException(id, $"There is no {role} '{reference}'{Place(reader)}.", Advice(reader, reference.Name), reference.ToString());
    }

    private static MacvtapException NotFound(string which, LinkReader reader, object target, string? name = null) =>
        new(FailureId.LinkNotFound, $"There is no link {which}{Place(reader)}.", Advice(reader, name), target);

    /// <summary>A number is an index to who took it from a link, and a name to who typed it. Names are chosen by the owner of the namespace: none may come before the index that was meant.</summary>
    private static MacvtapException Ambiguous(LinkReference reference, Link holder, Link named) => new(
        FailureId.ParameterInvalid,
        $"{reference} is the interface index of {holder.Name} and the name of another link (index {named.InterfaceIndex}).",
        $"In quotes it is the name: '{reference}'. For the index, give the link: (Get-Link -InterfaceIndex {reference}{CommandText.Place(holder.NetworkNamespace)}).",
        reference.ToString());

    /// <summary>What was most likely meant by a name that is not there; nothing where that cannot be seen.</summary>
    private static string Meant(LinkReader reader, string? name)
    {
        if (string.IsNullOrEmpty(name)) return string.Empty;
        try
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return reader.Find(index) is { } holder ? $"-InterfaceIndex {index} is {holder.Name}. " : string.Empty;
            string? other = reader.List().Links.SelectMany(l => l.AlternativeName.Prepend(l.Name)).FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
            return other is null ? string.Empty : $"There is {other}: upper and lower case differ. ";
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return string.Empty;
        }
    }

    private static string Place(LinkReader reader) => reader.NetworkNamespace is { } name ? $" in network namespace '{name}'" : string.Empty;

    private static string Advice(LinkReader reader, string? typed) => Meant(reader, typed) + (reader.NetworkNamespace is { } name ? $"Get-Link{CommandText.Place(name)} shows what is there." : "Get-Link shows what is there. Is it in another network namespace (-NetworkNamespace)?");
}
