using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Conversion;

/// <summary>Enum values from names (any case, a unique beginning, lists for flags) and from numbers (defined ones only).</summary>
internal static class Enums
{
    internal static object Parse(string text, Type type)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            throw new FormatException("Specified argument was out of the range of valid values.");

        if (char.IsAsciiDigit(trimmed[0]) || trimmed[0] is '-' or '+')
            return FromNumber(Numbers.Parse(trimmed, Enum.GetUnderlyingType(type)), type);

        bool flags = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        string[] parts = trimmed.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > 1 && !flags)
            throw new FormatException(Unmatched(trimmed, type));

        ulong bits = 0;
        foreach (string part in parts)
            bits |= Bits(Enum.Parse(type, MatchName(part, type)));

        return flags ? Enum.ToObject(type, bits) : Enum.Parse(type, MatchName(parts[0], type));
    }

    internal static object FromNumber(object number, Type type)
    {
        object value = Enum.ToObject(type, Numbers.ChangeType(number, Enum.GetUnderlyingType(type)));
        if (Enum.IsDefined(type, value) || (type.IsDefined(typeof(FlagsAttribute), inherit: false) && AllBitsDefined(value, type)))
            return value;

        throw Undefined(number, type);
    }

    internal static object FromList(IEnumerable list, Type type)
    {
        string text = string.Join(",", list.Cast<object?>().Select(LanguagePrimitives.ToText));
        if (!type.IsDefined(typeof(FlagsAttribute), inherit: false) && text.Contains(',', StringComparison.Ordinal))
            throw Undefined(text, type);

        return Parse(text, type);
    }

    private static PSInvalidCastException Undefined(object value, Type type) => new(
        $"Cannot convert value \"{value}\" to type \"{type.FullName}\" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are \"{Names(type)}\".");

    private static string MatchName(string text, Type type)
    {
        string[] names = Enum.GetNames(type);
        if (names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return exact;

        string[] starts = [.. names.Where(n => n.StartsWith(text, StringComparison.OrdinalIgnoreCase))];
        return starts.Length switch
        {
            1 => starts[0],
            0 => throw new FormatException(Unmatched(text, type)),
            _ => throw new FormatException(
                $"The identifier name {text} cannot be processed because it is either too similar or identical to the following enumerator names: {string.Join(", ", starts)}. Use a more specific identifier name."),
        };
    }

    private static string Unmatched(string text, Type type) =>
        $"Unable to match the identifier name {text} to a valid enumerator name. Specify one of the following enumerator names and try again:{Environment.NewLine}{string.Join(", ", Enum.GetNames(type))}";

    private static string Names(Type type) => string.Join(",", Enum.GetNames(type));

    private static bool AllBitsDefined(object value, Type type)
    {
        ulong known = 0;
        foreach (object defined in Enum.GetValuesAsUnderlyingType(type))
            known |= Bits(defined);

        return (Bits(value) & ~known) == 0;
    }

    private static ulong Bits(object value) => value is Enum e && Enum.GetUnderlyingType(e.GetType()) == typeof(ulong) || value is ulong
        ? System.Convert.ToUInt64(value, CultureInfo.InvariantCulture)
        : unchecked((ulong)System.Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
