using System.Globalization;

namespace MacvtapTools.PipelineHost.Conversion;

/// <summary>Numbers: their literals, and conversion between their types.</summary>
internal static class Numbers
{
    private static readonly (string Suffix, long Factor)[] Multipliers =
        [("kb", 1L << 10), ("mb", 1L << 20), ("gb", 1L << 30), ("tb", 1L << 40), ("pb", 1L << 50)];

    internal static bool IsNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum;

    /// <summary>Reads a literal such as 10, -3, 1.5, 0x1f or 2kb: an int where it fits, then a long, a decimal, a double.</summary>
    internal static bool TryReadLiteral(string text, out object value)
    {
        value = 0;
        string body = text;
        bool negative = body.StartsWith('-');
        if (negative || body.StartsWith('+'))
            body = body[1..];

        long factor = 1;
        foreach ((string suffix, long f) in Multipliers)
        {
            if (body.Length > 2 && body.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                factor = f;
                body = body[..^2];
                break;
            }
        }

        if (body.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return TryReadHexadecimal(body[2..], negative, factor, out value);

        bool longAsked = body.Length > 1 && body[^1] is 'l' or 'L' && char.IsAsciiDigit(body[^2]);
        if (body.Length > 1 && body[^1] is 'l' or 'L')
            body = body[..^1];

        if (body.Length == 0 || !(char.IsAsciiDigit(body[0]) || (body[0] == '.' && body.Length > 1 && char.IsAsciiDigit(body[1]))))
            return false;

        if (body.All(char.IsAsciiDigit) && decimal.TryParse(body, NumberStyles.None, CultureInfo.InvariantCulture, out decimal whole)
            && whole <= decimal.MaxValue / factor)
        {
            value = Narrow((negative ? -whole : whole) * factor, longAsked);
            return true;
        }

        if (!double.TryParse(body, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double real))
            return false;

        value = (negative ? -real : real) * factor;
        return true;
    }

    /// <summary>Turns text into a number of a type: empty is 0, surrounding blanks are allowed, fractions round to even.</summary>
    internal static object Parse(string text, Type type)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            return ChangeType(0, type);

        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
        {
            if (double.TryParse(trimmed, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _))
                return System.Convert.ChangeType(trimmed, type, CultureInfo.InvariantCulture);
        }
        else if (decimal.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal whole))
        {
            return ChangeType(whole, type);
        }

        if (TryReadLiteral(trimmed, out object value))
            return ChangeType(value, type);

        throw new FormatException($"The input string '{text}' was not in a correct format.");
    }

    internal static object ChangeType(object value, Type type) =>
        value is double or float && !(type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            ? System.Convert.ChangeType(Math.Round(System.Convert.ToDouble(value, CultureInfo.InvariantCulture), MidpointRounding.ToEven), type, CultureInfo.InvariantCulture)
            : System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static bool TryReadHexadecimal(string digits, bool negative, long factor, out object value)
    {
        value = 0;
        if (!ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits))
            return false;

        // Eight digits with the top bit set read as a negative int, sixteen as a negative long.
        decimal number = digits.Length == 8 ? (int)(uint)bits : digits.Length == 16 ? (long)bits : bits;
        value = Narrow((negative ? -number : number) * factor, asLong: false);
        return true;
    }

    private static object Narrow(decimal whole, bool asLong) => whole switch
    {
        >= int.MinValue and <= int.MaxValue when !asLong => (object)(int)whole,
        >= long.MinValue and <= long.MaxValue => (long)whole,
        _ => whole,
    };
}
