using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost.Conversion;

/// <summary>Conversions that a type offers itself: Parse, cast operators, constructors, and settable properties for a hashtable.</summary>
internal static class Creation
{
    internal static bool TryCreate(object source, Type type, out object? result)
    {
        if (source is string text && (TryText(text, type, out result) || TryParse(text, type, out result)))
            return true;

        if (TryOperator(source, type, out result) || TryConstructor(source, type, out result) || TryCollection(source, type, out result))
            return true;

        return TryProperties(source, type, out result);
    }

    internal static bool TryOperator(object source, Type type, out object? result)
    {
        foreach (string name in (string[])["op_Implicit", "op_Explicit"])
        {
            foreach (Type owner in (Type[])[type, source.GetType()])
            {
                MethodInfo? cast = Array.Find(
                    owner.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy),
                    m => m.Name == name && type.IsAssignableFrom(m.ReturnType) && m.GetParameters() is [var p] && p.ParameterType.IsInstanceOfType(source));
                if (cast is not null)
                {
                    result = cast.Invoke(null, [source]);
                    return true;
                }
            }
        }

        result = null;
        return false;
    }

    private static bool TryText(string text, Type type, out object? result)
    {
        result = null;
        if (type == typeof(char))
            result = text.Length == 1 ? text[0] : throw new FormatException("String must be exactly one character long.");
        else if (type == typeof(Type))
            result = Type.GetType(text, throwOnError: false) ?? throw new FormatException($"Unable to find type [{text}].");
        else if (type == typeof(DateTime))
            result = DateTime.Parse(text, CultureInfo.InvariantCulture);

        return result is not null;
    }

    private static bool TryParse(string text, Type type, out object? result)
    {
        const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static;
        if (type.GetMethod("Parse", PublicStatic, [typeof(string), typeof(IFormatProvider)]) is { } withProvider && type.IsAssignableFrom(withProvider.ReturnType))
            result = withProvider.Invoke(null, [text, CultureInfo.InvariantCulture]);
        else if (type.GetMethod("Parse", PublicStatic, [typeof(string)]) is { } plain && type.IsAssignableFrom(plain.ReturnType))
            result = plain.Invoke(null, [text]);
        else
            result = null;

        return result is not null;
    }

    private static bool TryConstructor(object source, Type type, out object? result)
    {
        result = null;
        if (type.IsAbstract)
            return false;

        ConstructorInfo? constructor = Array.Find(
            type.GetConstructors(),
            c => c.GetParameters() is [var p] && p.ParameterType != typeof(object) && p.ParameterType.IsInstanceOfType(source));
        if (constructor is null)
            return TryWideningConstructor(source, type, out result);

        result = constructor.Invoke([source]);
        return true;
    }

    /// <summary>A constructor that takes a wider number, such as TimeSpan's of ticks.</summary>
    private static bool TryWideningConstructor(object source, Type type, out object? result)
    {
        result = null;
        if (!Numbers.IsNumber(source.GetType()))
            return false;

        ConstructorInfo? constructor = Array.Find(type.GetConstructors(), c => c.GetParameters() is [var p] && Numbers.IsNumber(p.ParameterType));
        result = constructor?.Invoke([Numbers.ChangeType(source, constructor.GetParameters()[0].ParameterType)]);
        return result is not null;
    }

    private static bool TryCollection(object source, Type type, out object? result)
    {
        result = null;
        if (!type.IsGenericType || type.GetGenericArguments() is not [var element] || source is IDictionary)
            return false;

        Array items = (Array)Converter.Convert(source, element.MakeArrayType())!;
        if (type.IsInstanceOfType(items))
            result = items;
        else if (!type.IsAbstract && type.GetConstructor([typeof(IEnumerable<>).MakeGenericType(element)]) is { } fromItems)
            result = fromItems.Invoke([items]);

        return result is not null;
    }

    /// <summary>Makes an object with its parameterless constructor and sets the properties that the hashtable or custom object names.</summary>
    private static bool TryProperties(object source, Type type, out object? result)
    {
        result = null;
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null && !type.IsValueType)
            return false;

        IEnumerable<(string Name, object? Value)>? pairs = source switch
        {
            IDictionary dictionary => dictionary.Keys.Cast<object>().Select(k => (k.ToString()!, dictionary[k])),
            PSObject { BaseObject: PSCustomObject } custom => custom.AllProperties().Select(p => (p.Name, p.Value)),
            _ => null,
        };
        if (pairs is null)
            return false;

        object made = Activator.CreateInstance(type)!;
        foreach ((string name, object? value) in pairs)
        {
            PropertyInfo property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { SetMethod.IsPublic: true } found
                ? found
                : throw new PSInvalidCastException(
                    $"Cannot convert value \"{LanguagePrimitives.ToText(source)}\" to type \"{type.FullName}\". Error: \"Cannot create object of type \"{type.FullName}\". The {name} property was not found for the {type.FullName} object.\"");
            property.SetValue(made, Converter.Convert(value, property.PropertyType));
        }

        result = made;
        return true;
    }
}
