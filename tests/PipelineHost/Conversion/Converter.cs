using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost.Conversion;

/// <summary>Converts a value to a type, in the shell's order of attempts.</summary>
internal static class Converter
{
    internal static object? Convert(object? value, Type type)
    {
        if (type == typeof(PSObject))
            return value is null ? null : PSObject.AsPSObject(value);

        if (type == typeof(object))
            return value is PSObject { BaseObject: not PSCustomObject, HasAddedProperties: false } plain ? PSObject.Base(plain) : value;

        object? source = PSObject.Base(value);
        if (source is null)
            return FromNull(type);

        if (type.IsInstanceOfType(source))
            return type == typeof(string) && value is PSObject { TokenText: { } token } ? token : source;

        if (type == typeof(string))
            return ToText(value);

        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Convert(value, underlying);

        try
        {
            return FromValue(source, type);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or InvalidCastException and not PSInvalidCastException)
        {
            throw new PSInvalidCastException(
                $"Cannot convert value \"{ToText(source)}\" to type \"{type.FullName}\". Error: \"{failure.Message}\"", failure);
        }
        catch (TargetInvocationException failure)
        {
            throw new PSInvalidCastException(
                $"Cannot convert value \"{ToText(source)}\" to type \"{type.FullName}\". Error: \"{failure.InnerException!.Message}\"", failure.InnerException);
        }
    }

    internal static string ToText(object? value)
    {
        if (value is PSObject { TokenText: { } token })
            return token;

        return PSObject.Base(value) switch
        {
            null => string.Empty,
            string text => text,
            PSObject custom => custom.ToString(),
            IDictionary dictionary => dictionary.ToString()!,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable list when ToStringIsObjects(list) => string.Join(" ", list.Cast<object?>().Select(ToText)),
            var other => other.ToString() ?? string.Empty,
        };
    }

    private static bool ToStringIsObjects(IEnumerable list) => list is Array || list is IList;

    private static object? FromNull(Type type)
    {
        if (type == typeof(string))
            return string.Empty;

        if (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null)
            return null;

        if (type == typeof(bool) || type == typeof(SwitchParameter) || type == typeof(char) || Numbers.IsNumber(type))
            return Activator.CreateInstance(type);

        throw new PSInvalidCastException($"Cannot convert null to type \"{type.FullName}\".");
    }

    private static object? FromValue(object source, Type type)
    {
        if (type == typeof(bool))
            return LanguagePrimitives.IsTrue(source);

        if (type == typeof(SwitchParameter))
            return source is bool or SwitchParameter || Numbers.IsNumber(source.GetType()) ? new SwitchParameter(LanguagePrimitives.IsTrue(source)) : throw Impossible(source, type);

        if (type.IsEnum)
            return ToEnum(source, type);

        if (Numbers.IsNumber(type))
            return ToNumber(source, type);

        if (type.IsArray)
            return ToArray(source, type.GetElementType()!);

        return Creation.TryCreate(source, type, out object? created) ? created : throw Impossible(source, type);
    }

    private static object ToEnum(object source, Type type) => source switch
    {
        string text => Enums.Parse(text, type),
        _ when Numbers.IsNumber(source.GetType()) => Enums.FromNumber(source, type),
        Enum other => Enums.FromNumber(System.Convert.ToInt64(other, CultureInfo.InvariantCulture), type),
        _ when LanguagePrimitives.GetEnumerable(source) is { } list => Enums.FromList(list, type),
        _ => throw Impossible(source, type),
    };

    private static object ToNumber(object source, Type type) => source switch
    {
        string text => Numbers.Parse(text, type),
        bool flag => Numbers.ChangeType(flag ? 1 : 0, type),
        char c => Numbers.ChangeType((int)c, type),
        Enum e => Numbers.ChangeType(System.Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture), type),
        SwitchParameter given => Numbers.ChangeType(given.IsPresent ? 1 : 0, type),
        _ when Numbers.IsNumber(source.GetType()) => Numbers.ChangeType(source, type),
        _ => Creation.TryOperator(source, type, out object? result) ? result! : throw Impossible(source, type),
    };

    private static Array ToArray(object source, Type element)
    {
        object?[] items = LanguagePrimitives.GetEnumerable(source) is { } list ? [.. list.Cast<object?>()] : [source];
        Array array = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++)
            array.SetValue(Convert(items[i], element), i);

        return array;
    }

    private static PSInvalidCastException Impossible(object source, Type type) => new(
        $"Cannot convert the \"{ToText(source)}\" value of type \"{source.GetType().FullName}\" to type \"{type.FullName}\".");
}
