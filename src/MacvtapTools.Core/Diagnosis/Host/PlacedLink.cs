namespace MacvtapTools.Diagnosis.Host;

/// <summary>A link with its network namespace.</summary>
internal readonly record struct PlacedLink(NamespaceView Place, Link Link);
