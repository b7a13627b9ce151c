using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Conversion;

/// <summary>Compares as the shell's operators do: the right side is converted to the type of the left.</summary>
internal static class Comparer
{
    internal static bool Same(object? first, object? second, bool ignoreCase)
    {
        object? a = PSObject.Base(first);
        object? b = PSObject.Base(second);
        if (a is null || b is null)
            return a is null && b is null;

        if (a is string left)
            return string.Equals(left, LanguagePrimitives.ToText(b), ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

        if (a.Equals(b))
            return true;

        if (BothNumbers(a, b))
            return System.Convert.ToDouble(a, CultureInfo.InvariantCulture).Equals(System.Convert.ToDouble(b, CultureInfo.InvariantCulture));

        return LanguagePrimitives.TryConvertTo(b, a.GetType(), out object? converted) && a.Equals(converted);
    }

    internal static int Compare(object? first, object? second, bool ignoreCase)
    {
        object? a = PSObject.Base(first);
        object? b = PSObject.Base(second);
        if (a is null || b is null)
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);

        if (a is string left)
            return string.Compare(left, LanguagePrimitives.ToText(b), ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

        if (BothNumbers(a, b))
            return System.Convert.ToDouble(a, CultureInfo.InvariantCulture).CompareTo(System.Convert.ToDouble(b, CultureInfo.InvariantCulture));

        if (a is IComparable comparable && LanguagePrimitives.TryConvertTo(b, a.GetType(), out object? converted))
            return comparable.CompareTo(converted);

        throw new PSArgumentException($"Cannot compare \"{a}\" to \"{b}\" because the objects are not the same type or the object \"{a}\" does not implement \"IComparable\".");
    }

    private static bool BothNumbers(object a, object b) => Numbers.IsNumber(a.GetType()) && Numbers.IsNumber(b.GetType());
}
