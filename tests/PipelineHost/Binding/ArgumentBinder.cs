using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Binds one value to one parameter: transformation, conversion, validation, assignment.</summary>
internal static class ArgumentBinder
{
    /// <summary>Binds, and returns whether it did. Without coercion a value that does not fit is left unbound, silently.</summary>
    internal static bool Bind(BindingState state, BindableParameter parameter, object? argument, bool coerce)
    {
        object? value = Transform(state, parameter, argument);
        if (coerce)
            value = Coercion.Convert(state, parameter, value);
        else if (!Coercion.FitsAsIs(parameter, ref value))
            return false;

        CheckTypeName(state, parameter, value, coerce);
        Validate(state, parameter, value);
        Assign(state, parameter, value);
        if (!parameter.InAllSets)
            state.Sets &= parameter.Flags;

        state.Unbound.Remove(parameter);
        state.Bound[parameter.Name] = parameter;
        state.Invocation.BoundParameters[parameter.Name] = value;
        return true;
    }

    private static object? Transform(BindingState state, BindableParameter parameter, object? argument)
    {
        object? value = argument;
        foreach (ArgumentTransformationAttribute transformation in parameter.Transformations)
        {
            if (value is null && !parameter.IsMandatorySomewhere && !parameter.RefusesNull && !transformation.TransformNullOptionalParameters)
                continue;

            try
            {
                value = transformation.Transform(state.Engine, value);
            }
            catch (Exception failure)
            {
                throw new ParameterBindingArgumentTransformationException(
                    "ParameterArgumentTransformationError",
                    $"Cannot process argument transformation on parameter '{parameter.Name}'. {failure.Message}",
                    state.Invocation,
                    parameter.Name,
                    parameter.Type,
                    value?.GetType(),
                    failure);
            }
        }

        return value;
    }

    private static void CheckTypeName(BindingState state, BindableParameter parameter, object? value, bool coerce)
    {
        if (parameter.PSTypeName is null || value is null)
            return;

        foreach (object? item in LanguagePrimitives.GetEnumerable(value) ?? new[] { value })
        {
            if (item is null || PSObject.AsPSObject(item).TypeNames.Contains(parameter.PSTypeName, StringComparer.OrdinalIgnoreCase))
                continue;

            string message = $"Cannot bind argument to parameter '{parameter.Name}', because PSTypeNames of the argument do not match the PSTypeName required by the parameter: {parameter.PSTypeName}.";
            throw coerce
                ? state.Failure("MismatchedPSTypeName", message, parameter.Name, parameter.Type, item.GetType())
                : new PSInvalidCastException(message);
        }
    }

    private static void Validate(BindingState state, BindableParameter parameter, object? value)
    {
        foreach (ValidateArgumentsAttribute validation in parameter.Validations)
        {
            try
            {
                validation.Check(value, state.Engine);
            }
            catch (Exception failure)
            {
                throw Refusal(state, parameter, value, "ParameterArgumentValidationError", $"Cannot validate argument on parameter '{parameter.Name}'. {failure.Message}", failure);
            }
        }

        if (parameter.IsMandatorySomewhere)
            RefuseEmpty(state, parameter, value);
    }

    /// <summary>A mandatory parameter takes no null, no empty string and no empty collection, unless it says so.</summary>
    private static void RefuseEmpty(BindingState state, BindableParameter parameter, object? value)
    {
        RefuseEmptyScalar(state, parameter, parameter.Type, value);
        if (value is null || parameter.ElementType is null || LanguagePrimitives.GetEnumerable(value) is not { } list)
            return;

        bool empty = true;
        foreach (object? item in list)
        {
            empty = false;
            if (!parameter.ElementType.IsValueType)
                RefuseEmptyScalar(state, parameter, parameter.ElementType, item);
        }

        if (empty && !parameter.AllowsEmptyCollection)
        {
            string kind = parameter.Type.IsArray ? "Array" : "Collection";
            throw Refusal(
                state, parameter, value, $"ParameterArgumentValidationErrorEmpty{kind}NotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is an empty {kind.ToLowerInvariant()}.");
        }
    }

    private static void RefuseEmptyScalar(BindingState state, BindableParameter parameter, Type type, object? value)
    {
        if (value is null && type != typeof(bool?) && !parameter.AllowsNull)
        {
            throw Refusal(
                state, parameter, value, "ParameterArgumentValidationErrorNullNotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is null.");
        }

        if (type == typeof(string) && value is "" && !parameter.AllowsEmptyString)
        {
            throw Refusal(
                state, parameter, value, "ParameterArgumentValidationErrorEmptyStringNotAllowed", $"Cannot bind argument to parameter '{parameter.Name}' because it is an empty string.");
        }
    }

    private static ParameterBindingValidationException Refusal(
        BindingState state, BindableParameter parameter, object? value, string id, string message, Exception? inner = null) =>
        new(id, message, state.Invocation, parameter.Name, parameter.Type, value?.GetType(), inner);

    private static void Assign(BindingState state, BindableParameter parameter, object? value)
    {
        try
        {
            if (value is null && parameter.Type.IsValueType && Nullable.GetUnderlyingType(parameter.Type) is null)
                throw new PSInvalidCastException($"Cannot convert null to type \"{parameter.Type.FullName}\".");

            parameter.Set(state.TargetOf(parameter), value);
        }
        catch (Exception failure) when (failure is TargetInvocationException or PSInvalidCastException)
        {
            Exception cause = failure.InnerException ?? failure;
            throw state.Failure(
                "ParameterBindingFailed",
                $"Cannot bind parameter '{parameter.Name}' to the target. Exception setting \"{parameter.Name}\": \"{cause.Message}\"",
                parameter.Name,
                parameter.Type,
                value?.GetType(),
                cause,
                ErrorCategory.WriteError);
        }
    }
}
