using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Binds arguments without a name: each position tries the default set first, and without conversion first.</summary>
internal sealed class PositionalBinder(BindingState state)
{
    /// <summary>Returns the arguments that no position took, and why the last attempt failed.</summary>
    internal List<CommandArgument> Bind(List<CommandArgument> arguments, out ParameterBindingException? failure)
    {
        failure = null;
        SortedDictionary<int, List<BindableParameter>> positions = Positions();
        if (positions.Count == 0)
            return arguments;

        List<CommandArgument> left = [];
        int next = 0;
        foreach ((int position, List<BindableParameter> candidates) in positions)
        {
            if (!candidates.Any(c => HasPosition(c, position, state.Sets) && state.Unbound.Contains(c)))
                continue;

            CommandArgument? argument = NextPositional(arguments, left, ref next);
            if (argument is null)
                break;

            if (!TryBind(candidates, position, argument, out failure))
                left.Add(argument);
        }

        left.AddRange(arguments.Skip(next));
        return left;
    }

    /// <summary>A name that no parameter has is left over, together with the value behind it.</summary>
    private static CommandArgument? NextPositional(List<CommandArgument> arguments, List<CommandArgument> left, ref int next)
    {
        while (next < arguments.Count)
        {
            CommandArgument argument = arguments[next++];
            if (argument.Name is null)
                return argument;

            left.Add(argument);
            if (next < arguments.Count && arguments[next].Name is null)
                left.Add(arguments[next++]);
        }

        return null;
    }

    private static bool HasPosition(BindableParameter parameter, int position, uint sets) =>
        parameter.SetsIn(sets).Any(s => s.Attribute.Position == position && !s.Attribute.ValueFromRemainingArguments);

    private SortedDictionary<int, List<BindableParameter>> Positions()
    {
        SortedDictionary<int, List<BindableParameter>> positions = [];
        foreach (BindableParameter parameter in state.Unbound)
        {
            foreach (ParameterSetData set in parameter.SetsIn(state.Sets))
            {
                int position = set.Attribute.Position;
                if (position == int.MinValue || set.Attribute.ValueFromRemainingArguments)
                    continue;

                if (!positions.TryGetValue(position, out List<BindableParameter>? candidates))
                    positions[position] = candidates = [];

                if (candidates.Any(c => c != parameter && c.Sets.Any(s => s.Attribute.Position == position && ((s.Flag & set.Flag) != 0 || s.Flag == set.Flag))))
                {
                    throw state.Failure("AmbiguousPositionalParameterNoName", "Cannot bind positional parameters because no names were given.");
                }

                if (!candidates.Contains(parameter))
                    candidates.Add(parameter);
            }
        }

        return positions;
    }

    private bool TryBind(List<BindableParameter> candidates, int position, CommandArgument argument, out ParameterBindingException? failure)
    {
        failure = null;
        uint preferred = state.Metadata.DefaultSetFlag & state.Sets;
        foreach (bool coerce in (bool[])[false, true])
        {
            if (preferred != 0 && TryBind(candidates, position, argument, preferred, coerce, out failure))
                return true;

            if (TryBind(candidates, position, argument, state.Sets, coerce, out failure))
                return true;
        }

        return false;
    }

    private bool TryBind(
        List<BindableParameter> candidates, int position, CommandArgument argument, uint sets, bool coerce, out ParameterBindingException? failure)
    {
        failure = null;
        bool bound = false;
        foreach (BindableParameter candidate in candidates.Where(c => HasPosition(c, position, sets) && state.Unbound.Contains(c)).ToArray())
        {
            try
            {
                bound |= ArgumentBinder.Bind(state, candidate, argument.Value, coerce);
            }
            catch (Exception problem) when (!coerce && ParameterSets.HasInvalidCast(problem))
            {
                // Does not fit as it is; the pass with conversion decides.
            }
            catch (ParameterBindingException problem)
                when (problem is not (ParameterBindingValidationException or ParameterBindingArgumentTransformationException))
            {
                failure = problem;
            }
        }

        return bound;
    }
}
