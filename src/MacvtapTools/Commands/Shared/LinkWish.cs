using System.Management.Automation;
using MacvtapTools.Events;

namespace MacvtapTools.Commands;

/// <summary>Which links a watch was asked for, once: names and patterns in one network namespace.</summary>
internal sealed class LinkWish(string? networkNamespace, string[]? names)
{
    private readonly WildcardPattern[]? _patterns = names is null ? null : [.. names.Select(n => new WildcardPattern(n, WildcardOptions.None))];

    /// <summary>The namespace; null for the current one.</summary>
    internal string? NetworkNamespace { get; } = string.IsNullOrEmpty(networkNamespace) ? null : networkNamespace;

    /// <summary>Whether an event is about one of the links, by a name that it has or had.</summary>
    /// <param name="found">The event.</param>
    /// <param name="watcher">The watch; null where the namespace does not matter. It knows which names mean one namespace.</param>
    internal bool Matches(LinkEvent found, LinkWatcher? watcher) =>
        (watcher is null || (watcher.TryName(NetworkNamespace, out string? name) && name == found.NetworkNamespace)) && (_patterns is null || IsNamed(found.Link) || IsNamed(found.Previous));

    private bool IsNamed(Link? link) => link is not null && Array.Exists(_patterns!, p => p.IsMatch(link.Name) || link.AlternativeName.Any(p.IsMatch));
}
