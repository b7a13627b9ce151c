using System.Collections;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A property; of a list without that property, the property of every element.</summary>
internal sealed class MemberNode(Node target, string name) : Node
{
    internal override object? Evaluate(Evaluator evaluator) => Read(target.Evaluate(evaluator), name);

    internal static object? Read(object? value, string name)
    {
        object? plain = PSObject.Base(value);
        if (plain is null)
            return IsCount(name) ? 0 : null;

        if (plain is IDictionary table && table.Contains(name))
            return table[name];

        if (PSObject.AsPSObject(value!).Properties[name] is { } property)
            return property.Value;

        if (IsCount(name))
            return plain is ICollection list ? list.Count : 1;

        if (LanguagePrimitives.GetEnumerable(plain) is not { } items)
            return null;

        object?[] values = [.. items.Cast<object?>().Select(i => Read(i, name)).Where(v => v is not null)];
        return values.Length switch { 0 => null, 1 => values[0], _ => values };
    }

    private static bool IsCount(string name) =>
        name.Equals("Count", StringComparison.OrdinalIgnoreCase) || name.Equals("Length", StringComparison.OrdinalIgnoreCase);
}
