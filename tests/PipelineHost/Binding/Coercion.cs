using System.Collections;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Fits an argument to a parameter's type: with conversion, or only if it fits as it is.</summary>
internal static class Coercion
{
    /// <summary>Takes the value when it has the type already; a scalar or a list may be put into an array of the element type.</summary>
    internal static bool FitsAsIs(BindableParameter parameter, ref object? value)
    {
        if (value is null)
            return !parameter.Type.IsValueType && parameter.Type != typeof(string);

        if (parameter.Type.IsInstanceOfType(value))
            return true;

        if (value is PSObject { BaseObject: not PSCustomObject } wrapped)
        {
            value = wrapped.BaseObject;
            if (parameter.Type.IsInstanceOfType(value))
                return true;
        }

        return parameter.ElementType is { } element && TryCollect(parameter.Type, element, ref value);
    }

    /// <summary>Converts the value, or says in a binding failure why it cannot be.</summary>
    internal static object? Convert(BindingState state, BindableParameter parameter, object? value) =>
        Convert(state, parameter, parameter.Type, parameter.ElementType, value);

    private static object? Convert(BindingState state, BindableParameter parameter, Type type, Type? element, object? value)
    {
        if (value is null || ReferenceEquals(value, System.Management.Automation.Internal.AutomationNull.Value))
        {
            RefuseNullFlag(state, parameter, type);
            return type == typeof(SwitchParameter) ? (object)SwitchParameter.Present : null;
        }

        if (type.IsInstanceOfType(value))
            return value;

        try
        {
            if (type == typeof(PSObject))
                return PSObject.AsPSObject(value);

            if (type == typeof(bool) || type == typeof(SwitchParameter) || type == typeof(bool?))
                return ToFlag(state, parameter, type, value);

            if (element is not null)
                return ToCollection(state, parameter, type, element, value);

            if (PSObject.Base(value) is IList && type != typeof(object) && !type.IsEnum)
                throw new NotSupportedException("Specified method is not supported.");

            return LanguagePrimitives.ConvertTo(value, type);
        }
        catch (PSInvalidCastException failure)
        {
            throw state.Failure(
                "CannotConvertArgumentNoMessage", $"Cannot bind parameter '{parameter.Name}'. {failure.Message}", parameter.Name, type, value.GetType(), failure);
        }
        catch (NotSupportedException failure)
        {
            throw state.Failure(
                "CannotConvertArgument",
                $"Cannot convert '{value}' to the type '{type}' required by parameter '{parameter.Name}'. {failure.Message}",
                parameter.Name,
                type,
                value.GetType(),
                failure);
        }
    }

    private static void RefuseNullFlag(BindingState state, BindableParameter parameter, Type type)
    {
        if (type == typeof(bool))
        {
            throw state.Failure(
                "ParameterArgumentValidationErrorNullNotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is null.", parameter.Name, type);
        }
    }

    /// <summary>Flags come from flags and numbers only: the word "true" is refused.</summary>
    private static object ToFlag(BindingState state, BindableParameter parameter, Type type, object value)
    {
        object? plain = PSObject.Base(value);
        if (plain is SwitchParameter given)
            plain = given.IsPresent;

        if (plain is bool || (plain is not null && Conversion.Numbers.IsNumber(plain.GetType())))
        {
            bool flag = LanguagePrimitives.IsTrue(plain);
            return type == typeof(SwitchParameter) ? (object)new SwitchParameter(flag) : flag;
        }

        throw state.Failure(
            "CannotConvertArgument",
            $"Cannot convert '{plain?.GetType()}' to the type '{type}' required by parameter '{parameter.Name}'. ",
            parameter.Name,
            type,
            value.GetType());
    }

    private static object ToCollection(BindingState state, BindableParameter parameter, Type type, Type element, object value)
    {
        object?[] items = PSObject.Base(value) is IList list ? [.. list.Cast<object?>()] : [value];
        Array array = Array.CreateInstance(element, items.Length);
        for (int i = 0; i < items.Length; i++)
            array.SetValue(Convert(state, parameter, element, null, items[i]), i);

        return type.IsArray ? array : LanguagePrimitives.ConvertTo(array, type)!;
    }

    private static bool TryCollect(Type type, Type element, ref object? value)
    {
        object?[] items = value is IList list ? [.. list.Cast<object?>().Select(i => PSObject.Base(i))] : [value];
        if (items.Any(i => i is not null && i.GetType() != element && !i.GetType().IsSubclassOf(element)))
            return false;

        if (items.Any(i => i is null && element.IsValueType))
            return false;

        Array array = Array.CreateInstance(element, items.Length);
        items.CopyTo(array, 0);
        value = type.IsArray ? array : LanguagePrimitives.ConvertTo(array, type);
        return true;
    }
}
