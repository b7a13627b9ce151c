namespace MacvtapTools.Topology;

/// <summary>Another link that a link names, and what is known of it without reading it.</summary>
/// <param name="Key">Which link.</param>
/// <param name="Name">Its name; null where its network namespace cannot be looked into.</param>
/// <param name="NetworkNamespace">Its network namespace; null for the current one, and where it has no name.</param>
internal sealed record NodeReference(NodeKey Key, string? Name, string? NetworkNamespace);
