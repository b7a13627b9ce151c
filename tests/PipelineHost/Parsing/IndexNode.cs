using System.Collections;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>An element by number (from the end when negative) or key; several of them for several indexes.</summary>
internal sealed class IndexNode(Node target, Node index) : Node
{
    internal override object? Evaluate(Evaluator evaluator)
    {
        object? container = PSObject.Base(target.Evaluate(evaluator));
        object? key = PSObject.Base(index.Evaluate(evaluator));
        return key is object?[] keys ? keys.Select(k => Read(container, k)).ToArray() : Read(container, key);
    }

    private static object? Read(object? container, object? key)
    {
        switch (container)
        {
            case null:
                throw new RuntimeException("Cannot index into a null array.");
            case IDictionary table:
                return key is null ? null : table[key];
            case string text when TryIndex(key, text.Length, out int i):
                return text[i];
            case IList list:
                return TryIndex(key, list.Count, out int at) ? list[at] : null;
            default:
                return TryIndex(key, 1, out _) ? container : null;
        }
    }

    private static bool TryIndex(object? key, int count, out int index)
    {
        index = LanguagePrimitives.ConvertTo<int>(key);
        if (index < 0)
            index += count;

        return index >= 0 && index < count;
    }
}
