using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Which parameter sets are still possible, and when one must be chosen.</summary>
internal static class ParameterSets
{
    /// <summary>Checks that some set is possible, and counts the possible ones.</summary>
    /// <param name="state">The binding.</param>
    /// <param name="beforePipeline">Whether a pipeline object may still decide.</param>
    /// <param name="settle">Whether the default set is chosen when several are possible.</param>
    internal static int Validate(BindingState state, bool beforePipeline, bool settle)
    {
        int count = BindingState.Count(state.Sets);
        uint preferred = state.Metadata.DefaultSetFlag;
        if (count == 0)
            throw state.AmbiguousSet();

        if (count == 1)
        {
            if (state.Sets == BindingState.AnySet)
                count = ValidateAny(state, beforePipeline, settle);

            state.PublishSetName();
            return count;
        }

        if (preferred != 0 && (state.Sets & preferred) != 0)
        {
            state.PublishSetName(state.Metadata.SetNameOf(preferred));
            if (!settle)
                return count;

            state.Sets = preferred;
            return 1;
        }

        if (beforePipeline && state.Unbound.Any(p => p.TakesPipelineInput(state.Sets)))
            return count;

        return ChooseByMandatory(state);
    }

    internal static void RequireSelected(BindingState state)
    {
        if (state.Metadata.SetCount <= 1 || state.Sets != BindingState.AnySet)
            return;

        if (state.Metadata.DefaultSetFlag == 0)
            throw state.AmbiguousSet();

        state.Sets = state.Metadata.DefaultSetFlag;
    }

    /// <summary>Drops the sets that take nothing from the pipe, since something is coming down it.</summary>
    internal static uint ThatTakePipelineInput(BindingState state)
    {
        uint takers = 0;
        foreach (BindableParameter parameter in state.Unbound)
        {
            foreach (ParameterSetData set in parameter.SetsIn(state.Sets).Where(s => s.TakesPipelineInput))
            {
                if (set.InAllSets)
                    return state.Sets;

                takers |= set.Flag;
            }
        }

        return takers == 0 ? state.Sets : state.Sets & takers;
    }

    internal static bool HasInvalidCast(Exception? failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (e is PSInvalidCastException)
                return true;
        }

        return false;
    }

    private static int ValidateAny(BindingState state, bool beforePipeline, bool settle)
    {
        int count = Math.Max(1, state.Metadata.SetCount);
        if (beforePipeline && state.Unbound.Any(p => p.TakesPipelineInput(state.Sets)))
            return count;

        if (state.Metadata.DefaultSetFlag != 0)
        {
            if (!settle)
                return count;

            state.Sets = state.Metadata.DefaultSetFlag;
            return 1;
        }

        return count > 1 ? ChooseByMandatory(state) : count;
    }

    /// <summary>Without a default, the set wins that misses no mandatory parameter, if it is the only one.</summary>
    private static int ChooseByMandatory(BindingState state)
    {
        uint complete = state.Sets & state.Metadata.AllSetFlags;
        foreach (ParameterSetData set in state.Unbound.SelectMany(p => p.Sets).Where(s => s.Attribute.Mandatory))
            complete &= ~set.Flag;

        if (BindingState.Count(complete) != 1)
            throw state.AmbiguousSet();

        state.Sets = complete;
        state.PublishSetName();
        return 1;
    }
}
