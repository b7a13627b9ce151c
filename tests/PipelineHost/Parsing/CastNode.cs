using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A type in brackets before a value.</summary>
internal sealed class CastNode(string typeName, Type? type, Node operand) : Node
{
    private static readonly Dictionary<string, Type> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = typeof(string), ["int"] = typeof(int), ["long"] = typeof(long), ["uint"] = typeof(uint), ["byte"] = typeof(byte),
        ["short"] = typeof(short), ["ushort"] = typeof(ushort), ["ulong"] = typeof(ulong), ["double"] = typeof(double),
        ["decimal"] = typeof(decimal), ["bool"] = typeof(bool), ["char"] = typeof(char), ["switch"] = typeof(SwitchParameter),
        ["object"] = typeof(object), ["datetime"] = typeof(DateTime), ["timespan"] = typeof(TimeSpan), ["guid"] = typeof(Guid),
        ["version"] = typeof(Version), ["ipaddress"] = typeof(System.Net.IPAddress), ["psobject"] = typeof(PSObject),
        ["hashtable"] = typeof(System.Collections.Hashtable), ["array"] = typeof(object[]), ["pscustomobject"] = typeof(PSCustomObject),
        ["ordered"] = typeof(System.Collections.Specialized.OrderedDictionary),
    };

    internal static bool TryFindType(string name, out Type? type)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            bool found = TryFindType(name[..^2], out Type? element);
            type = element?.MakeArrayType();
            return found;
        }

        if (Known.TryGetValue(name, out type))
            return true;

        type = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(name, throwOnError: false, ignoreCase: true)).FirstOrDefault(t => t is not null);
        return type is not null;
    }

    internal override object? Evaluate(Evaluator evaluator)
    {
        if (operand is TableNode table && typeName.Equals("pscustomobject", StringComparison.OrdinalIgnoreCase))
            return table.EvaluateObject(evaluator);

        if (operand is TableNode ordered && typeName.Equals("ordered", StringComparison.OrdinalIgnoreCase))
            return ordered.EvaluateOrdered(evaluator);

        return LanguagePrimitives.ConvertTo(operand.Evaluate(evaluator), type!);
    }
}
