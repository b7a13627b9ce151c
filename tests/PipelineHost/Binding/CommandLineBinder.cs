using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Binds what stands on the command line: names first, then positions, then what remains.</summary>
internal sealed class CommandLineBinder(BindingState state)
{
    internal void Bind(IEnumerable<CommandArgument> arguments)
    {
        List<CommandArgument> left = BindNamed(GiveNamesTheirValues([.. arguments]));
        left = new PositionalBinder(state).Bind(left, out ParameterBindingException? failure);
        ParameterSets.Validate(state, beforePipeline: true, settle: false);
        if (state.Cmdlet is IDynamicParameters)
            throw new PSNotSupportedException("The stand-in for the shell does not run cmdlets with dynamic parameters.");

        left = BindRemaining(left);
        RefuseLeftovers(left, failure);

        int possible = ParameterSets.Validate(state, beforePipeline: state.PipelineInputExpected, settle: !state.PipelineInputExpected);
        if (possible > 1 && state.PipelineInputExpected)
        {
            uint narrowed = ParameterSets.ThatTakePipelineInput(state);
            if (narrowed != state.Sets)
            {
                state.Sets = narrowed;
                possible = ParameterSets.Validate(state, beforePipeline: true, settle: false);
            }
        }

        List<BindableParameter> missing = new MandatoryCheck(state).FindMissing(possible, state.PipelineInputExpected);
        if (missing.Count > 0)
        {
            throw state.Failure(
                "MissingMandatoryParameter",
                $"Cannot process command because of one or more missing mandatory parameters:{MandatoryCheck.Describe(missing)}.",
                MandatoryCheck.Describe(missing));
        }

        if (!state.PipelineInputExpected)
            ParameterSets.RequireSelected(state);

        state.SetsBeforePipeline = state.Sets;
    }

    /// <summary>A name that is not a switch takes the next argument as its value.</summary>
    private List<CommandArgument> GiveNamesTheirValues(List<CommandArgument> arguments)
    {
        List<CommandArgument> result = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            CommandArgument argument = arguments[i];
            BindableParameter? parameter = argument.Name is null || argument.HasValue ? null : Find(argument.Name);
            if (parameter is null)
            {
                result.Add(argument);
                continue;
            }

            if (parameter.IsSwitch)
            {
                result.Add(CommandArgument.Named(argument.Name!, SwitchParameter.Present));
                continue;
            }

            CommandArgument? next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            if (next is null || (next.Name is not null && (next.HasValue || Find(next.Name) is not null)))
            {
                throw state.Failure(
                    "MissingArgument",
                    $"Missing an argument for parameter '{parameter.Name}'. Specify a parameter of type '{parameter.Type}' and try again.",
                    parameter.Name,
                    parameter.Type);
            }

            i++;
            result.Add(CommandArgument.Named(parameter.Name, next.Name is null ? next.Value : next.Text));
        }

        return result;
    }

    private List<CommandArgument> BindNamed(List<CommandArgument> arguments)
    {
        List<CommandArgument> left = [];
        HashSet<string>? explicitly = null;
        foreach (CommandArgument argument in arguments.OrderBy(a => a.FromSplatting))
        {
            BindableParameter? parameter = argument.Name is null ? null : Find(argument.Name);
            if (parameter is null)
            {
                left.Add(argument);
                continue;
            }

            // What is written out wins over what is splatted.
            if (argument.FromSplatting)
            {
                explicitly ??= new(state.Bound.Keys, StringComparer.OrdinalIgnoreCase);
                if (explicitly.Contains(parameter.Name))
                    continue;
            }

            if (state.IsBound(parameter.Name))
            {
                throw state.Failure(
                    "ParameterAlreadyBound",
                    $"Cannot bind parameter because parameter '{argument.Name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\".",
                    argument.Name);
            }

            ArgumentBinder.Bind(state, parameter, argument.Value, coerce: true);
        }

        return left;
    }

    private List<CommandArgument> BindRemaining(List<CommandArgument> left)
    {
        if (left.Count == 0)
            return left;

        List<BindableParameter> takers = state.Unbound.FindAll(p => p.SetsIn(state.Sets).Any(s => s.Attribute.ValueFromRemainingArguments));
        if (takers.Count > 1)
            throw state.AmbiguousSet();

        if (takers.Count == 0)
            return left;

        List<object?> values = [];
        foreach (CommandArgument argument in left)
        {
            if (argument.Name is not null)
                values.Add(argument.Text);

            if (argument.HasValue)
                values.Add(argument.Value);
        }

        object? value = values is [var only] && LanguagePrimitives.GetEnumerable(only) is not null ? only : values.ToArray();
        ArgumentBinder.Bind(state, takers[0], value, coerce: true);
        return [];
    }

    private void RefuseLeftovers(List<CommandArgument> left, ParameterBindingException? failure)
    {
        if (left.Count == 0)
            return;

        CommandArgument first = left[0];
        if (first.Name is not null)
        {
            throw state.Failure(
                "NamedParameterNotFound", $"A parameter cannot be found that matches parameter name '{first.Name}'.", first.Name, given: first.Value?.GetType());
        }

        string text = first.Value is null ? "$null" : first.Value.ToString()!;
        throw failure ?? state.Failure(
            "PositionalParameterNotFound", $"A positional parameter cannot be found that accepts argument '{text}'.", text, given: first.Value?.GetType());
    }

    private BindableParameter? Find(string name) => state.Metadata.Find(name, state.Invocation);
}
