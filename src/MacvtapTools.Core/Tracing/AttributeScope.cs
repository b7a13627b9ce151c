namespace MacvtapTools.Tracing;

/// <summary>What the attribute numbers mean in one place of a message.</summary>
internal sealed class AttributeScope
{
    private readonly Dictionary<int, AttributeName> _names;

    internal AttributeScope(params AttributeName[] names) => _names = names.ToDictionary(name => name.Number);

    /// <summary>All that is known here.</summary>
    internal IEnumerable<AttributeName> Names => _names.Values;

    /// <summary>What a number means here, or null.</summary>
    internal AttributeName? this[int number] => _names.GetValueOrDefault(number);
}
