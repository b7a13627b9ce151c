using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A hashtable literal; a cast right before it may order it or make an object of it.</summary>
internal sealed class TableNode(IReadOnlyList<(Node Key, Node Value)> pairs) : Node
{
    internal override object? Evaluate(Evaluator evaluator)
    {
        Hashtable table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((object key, object? value) in Pairs(evaluator))
            table.Add(key, value);

        return table;
    }

    internal OrderedDictionary EvaluateOrdered(Evaluator evaluator)
    {
        OrderedDictionary table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((object key, object? value) in Pairs(evaluator))
            table.Add(key, value);

        return table;
    }

    internal PSObject EvaluateObject(Evaluator evaluator)
    {
        PSObject made = new();
        foreach ((object key, object? value) in Pairs(evaluator))
            made.Properties.Add(new PSNoteProperty(LanguagePrimitives.ToText(key), value));

        return made;
    }

    private IEnumerable<(object Key, object? Value)> Pairs(Evaluator evaluator)
    {
        foreach ((Node key, Node value) in pairs)
        {
            object? v = value.Evaluate(evaluator);
            yield return (PSObject.Base(key.Evaluate(evaluator))!, ReferenceEquals(v, System.Management.Automation.Internal.AutomationNull.Value) ? null : v);
        }
    }
}
