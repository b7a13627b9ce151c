using System.Collections;
using System.Globalization;
using MacvtapTools.PipelineHost.Conversion;

namespace System.Management.Automation;

/// <summary>The shell's rules of conversion, comparison and truth.</summary>
public static class LanguagePrimitives
{
    public static object? ConvertTo(object? valueToConvert, Type resultType) =>
        ConvertTo(valueToConvert, resultType, CultureInfo.InvariantCulture);

    public static object? ConvertTo(object? valueToConvert, Type resultType, IFormatProvider? formatProvider)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        return Converter.Convert(valueToConvert, resultType);
    }

    public static T ConvertTo<T>(object? valueToConvert) => (T)ConvertTo(valueToConvert, typeof(T))!;

    public static bool TryConvertTo(object? valueToConvert, Type resultType, out object? result) =>
        TryConvertTo(valueToConvert, resultType, CultureInfo.InvariantCulture, out result);

    public static bool TryConvertTo(object? valueToConvert, Type resultType, IFormatProvider? formatProvider, out object? result)
    {
        try
        {
            result = ConvertTo(valueToConvert, resultType, formatProvider);
            return true;
        }
        catch (InvalidCastException)
        {
            result = null;
            return false;
        }
    }

    public static bool TryConvertTo<T>(object? valueToConvert, out T? result) =>
        TryConvertTo(valueToConvert, CultureInfo.InvariantCulture, out result);

    public static bool TryConvertTo<T>(object? valueToConvert, IFormatProvider? formatProvider, out T? result)
    {
        bool converted = TryConvertTo(valueToConvert, typeof(T), formatProvider, out object? value);
        result = converted ? (T?)value : default;
        return converted;
    }

    /// <summary>The object as something to go through, or null when it counts as one: strings, dictionaries and PSObjects of them are one.</summary>
    public static IEnumerable? GetEnumerable(object? obj) => PSObject.Base(obj) switch
    {
        string or IDictionary or System.Xml.XmlNode => null,
        IEnumerable list => list,
        _ => null,
    };

    public static IEnumerator? GetEnumerator(object? obj) => GetEnumerable(obj)?.GetEnumerator() ?? PSObject.Base(obj) as IEnumerator;

    public static bool IsTrue(object? obj) => PSObject.Base(obj) switch
    {
        null => false,
        bool flag => flag,
        SwitchParameter given => given.IsPresent,
        string text => text.Length > 0,
        IList { Count: 0 } => false,
        IList { Count: 1 } list => IsTrue(list[0]),
        IList => true,
        IConvertible number when Numbers.IsNumber(number.GetType()) => number.ToDouble(CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    public static int Compare(object? first, object? second) => Compare(first, second, ignoreCase: false);

    public static int Compare(object? first, object? second, bool ignoreCase) => MacvtapTools.PipelineHost.Conversion.Comparer.Compare(first, second, ignoreCase);

    public static new bool Equals(object? first, object? second) => Equals(first, second, ignoreCase: false);

    public static bool Equals(object? first, object? second, bool ignoreCase) => MacvtapTools.PipelineHost.Conversion.Comparer.Same(first, second, ignoreCase);

    internal static string ToText(object? value) => Converter.ToText(value);
}
