using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>
/// Binds one pipeline object: by value as it is, by property name as it is, by value with conversion, by property name with conversion.
/// The default set goes first in each phase.
/// </summary>
internal sealed class PipelineBinder(BindingState state)
{
    private static readonly (bool ByValue, bool Coerce)[] Phases = [(true, false), (false, false), (true, true), (false, true)];
    private readonly Dictionary<string, object?> defaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns whether anything was bound.</summary>
    internal bool Bind(object? input)
    {
        bool bound;
        try
        {
            bound = BindPhases(input);
            ParameterSets.RequireSelected(state);
        }
        catch (ParameterBindingException)
        {
            Restore();
            throw;
        }

        if (!bound)
            Restore();

        return bound;
    }

    private bool BindPhases(object? input)
    {
        Restore();
        state.BoundFromPipeline.Clear();
        state.Sets = state.SetsBeforePipeline;
        bool prefers = state.PreferredPipelineSet != 0;
        uint allowed = prefers ? state.PreferredPipelineSet : state.Sets;
        bool bound = false;
        for (int round = prefers ? 0 : 1; round < 2; round++)
        {
            foreach ((bool byValue, bool coerce) in Phases)
            {
                if (!BindPhase(input, byValue, coerce, allowed))
                    continue;

                bound = true;
                if (round == 1)
                {
                    ParameterSets.Validate(state, beforePipeline: true, settle: true);
                    allowed = state.Sets;
                }
            }

            if (round == 0)
            {
                if (state.Sets == state.PreferredPipelineSet)
                    break;

                allowed = state.Sets & ~state.PreferredPipelineSet;
            }
        }

        ParameterSets.Validate(state, beforePipeline: false, settle: true);
        return bound;
    }

    private bool BindPhase(object? input, bool byValue, bool coerce, uint allowed)
    {
        uint preferred = state.Metadata.DefaultSetFlag & allowed;
        return (preferred != 0 && BindInSets(input, byValue, coerce, preferred))
            || BindInSets(input, byValue, coerce, preferred != 0 ? allowed & ~preferred : allowed);
    }

    private bool BindInSets(object? input, bool byValue, bool coerce, uint allowed)
    {
        bool bound = false;
        for (int i = state.Unbound.Count - 1; i >= 0; i--)
        {
            BindableParameter parameter = state.Unbound[i];
            IEnumerable<ParameterSetData> sets = parameter.SetsIn(allowed);
            if (byValue && sets.Any(s => s.Attribute.ValueFromPipeline))
                bound |= TryBind(parameter, input, coerce, byValue: true);
            else if (!byValue && input is not null && sets.Any(s => s.Attribute.ValueFromPipelineByPropertyName) && FindProperty(parameter, input) is { } property)
                bound |= TryBind(parameter, property.Value, coerce, byValue: false);
        }

        return bound;
    }

    private static PSPropertyInfo? FindProperty(BindableParameter parameter, object input)
    {
        PSObject source = PSObject.AsPSObject(input);
        return source.Properties[parameter.Name] ?? parameter.Aliases.Select(a => source.Properties[a]).FirstOrDefault(p => p is not null);
    }

    /// <summary>A value that cannot be converted is no error here: another parameter may take the object.</summary>
    private bool TryBind(BindableParameter parameter, object? value, bool coerce, bool byValue)
    {
        if (!defaults.ContainsKey(parameter.Name))
            defaults[parameter.Name] = parameter.Get(state.TargetOf(parameter));

        try
        {
            if (!ArgumentBinder.Bind(state, parameter, value, coerce))
                return false;
        }
        catch (Exception failure) when (!coerce && ParameterSets.HasInvalidCast(failure))
        {
            return false;
        }
        catch (ParameterBindingArgumentTransformationException failure)
        {
            bool cannotCast = failure.InnerException is PSInvalidCastException
                || failure.InnerException is ArgumentTransformationMetadataException { InnerException: PSInvalidCastException };
            if (!byValue || !cannotCast)
                throw;

            return false;
        }
        catch (ParameterBindingException failure) when (failure is not ParameterBindingValidationException)
        {
            return false;
        }

        state.BoundFromPipeline.Add(parameter);
        return true;
    }

    /// <summary>Gives the parameters of the last record their values from before the pipeline back.</summary>
    private void Restore()
    {
        foreach (BindableParameter parameter in state.BoundFromPipeline)
        {
            parameter.Set(state.TargetOf(parameter), defaults[parameter.Name]);
            state.Bound.Remove(parameter.Name);
            if (!state.Unbound.Contains(parameter))
                state.Unbound.Add(parameter);
        }
    }
}
