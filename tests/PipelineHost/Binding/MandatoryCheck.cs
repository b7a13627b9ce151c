namespace MacvtapTools.PipelineHost.Binding;

/// <summary>Finds the mandatory parameters that nothing binds. While pipeline input is to come it also narrows the possible sets.</summary>
internal sealed class MandatoryCheck(BindingState state)
{
    private readonly Dictionary<uint, MandatorySet> sets = [];

    private uint Preferred => state.Metadata.DefaultSetFlag;

    internal static string Describe(IEnumerable<BindableParameter> missing) => string.Concat(missing.Select(m => " " + m.Name));

    /// <summary>The missing ones once a record is bound, or when nothing comes down the pipe.</summary>
    internal List<BindableParameter> FindMissing(int possibleSets, bool pipelineInputExpected)
    {
        List<BindableParameter> missing = [];
        uint incomplete = 0;
        bool missingInAllSets = false;
        foreach (BindableParameter parameter in state.Unbound.Where(p => p.IsMandatorySomewhere))
        {
            bool misses = false;
            foreach (ParameterSetData set in parameter.SetsIn(state.Sets).Where(s => s.Attribute.Mandatory))
            {
                Note(parameter, set, pipelineInputExpected);
                misses = true;
                missingInAllSets |= set.InAllSets;
                incomplete |= state.Sets & set.Flag;
            }

            if (misses && !pipelineInputExpected)
                missing.Add(parameter);
        }

        if (!pipelineInputExpected || sets.Count == 0)
            return missing;

        if (incomplete == 0)
            incomplete = state.Sets;

        if (missingInAllSets)
            incomplete = state.Sets & (state.Metadata.AllSetFlags == 0 ? BindingState.AnySet : state.Metadata.AllSetFlags);

        return BeforePipeline(possibleSets, incomplete);
    }

    private void Note(BindableParameter parameter, ParameterSetData data, bool pipelineInputExpected)
    {
        uint flag = data.InAllSets ? BindingState.AnySet : data.Flag;
        if (!sets.TryGetValue(flag, out MandatorySet? set))
            sets[flag] = set = new MandatorySet(flag);

        if (!pipelineInputExpected || !data.TakesPipelineInput)
        {
            set.NotFromPipeline.Add(parameter);
            return;
        }

        set.FromPipeline.Add(parameter);
        if (data.Attribute.ValueFromPipeline)
            set.ByValue.Add(parameter);

        if (data.Attribute.ValueFromPipelineByPropertyName)
            set.ByPropertyName.Add(parameter);
    }

    private List<BindableParameter> BeforePipeline(int possibleSets, uint incomplete)
    {
        bool defaultIsComplete = possibleSets > 1 && Preferred != 0 && (Preferred & incomplete) == 0 && (Preferred & state.Sets) != 0;
        if (defaultIsComplete)
        {
            bool otherTakesInput = sets.Values.Any(s => !s.ForAllSets && (s.Flag & state.Sets) != 0 && (s.Flag & Preferred) == 0 && s.FromPipeline.Count > 0);
            if (!otherTakesInput)
            {
                // Only sets that cannot be completed any more miss something: they are out.
                incomplete = state.Sets & ~incomplete;
                state.Sets = incomplete;
                if (state.Sets == Preferred)
                    state.PublishSetName();
                else
                    state.PreferredPipelineSet = Preferred;
            }
        }

        int count = BindingState.Count(incomplete);
        if (count == 0)
            throw state.AmbiguousSet();

        if (count == 1)
            return NotFromPipelineIn(incomplete);

        if (state.PreferredPipelineSet != 0)
            return [];

        if (Preferred != 0 && (incomplete & Preferred) != 0 && LatchesOnToDefault())
        {
            state.Sets = Preferred;
            state.PublishSetName();
            return NotFromPipelineIn(Preferred);
        }

        return ChooseByInput(incomplete);
    }

    private List<BindableParameter> NotFromPipelineIn(uint flags) =>
        [.. sets.Values.Where(s => s.ForAllSets || (s.Flag & flags) != 0).SelectMany(s => s.NotFromPipeline)];

    /// <summary>The default set wins when no other set is fit for pipeline input, or when it is the one that names its properties.</summary>
    private bool LatchesOnToDefault()
    {
        MandatorySet[] others = [.. sets.Values.Where(s => !s.ForAllSets && (s.Flag & Preferred) == 0)];
        bool otherTakesInput = others.Any(s => s.FromPipeline.Count > 0 && s.NotFromPipeline.Count == 0);
        bool otherTakesProperties = others.Any(s => s.ByPropertyName.Count > 0);
        if (sets.TryGetValue(Preferred, out MandatorySet? own))
        {
            if (own.ByPropertyName.Count > 0 && !otherTakesProperties)
                return true;

            if (own.FromPipeline.Count > 0 && !otherTakesInput)
                return true;
        }

        return !otherTakesInput || (sets.TryGetValue(BindingState.AnySet, out MandatorySet? all) && all.NotFromPipeline.Count > 0);
    }

    private List<BindableParameter> ChooseByInput(uint incomplete)
    {
        MandatorySet[] candidates = [.. sets.Values.Where(s => !s.ForAllSets && (s.Flag & incomplete) != 0)];
        uint[] byValue = [.. candidates.Where(s => s.ByValue.Count > 0).Select(s => s.Flag)];
        uint[] byProperty = [.. candidates.Where(s => s.ByPropertyName.Count > 0).Select(s => s.Flag)];
        uint value = byValue is [var v] ? v : 0;
        uint property = byProperty is [var p] ? p : 0;
        uint chosen = byValue.Length > 0 && byProperty.Length > 0
            ? value == property ? value : 0
            : value | property;
        if (chosen != 0)
            return Choose(chosen);

        uint blocked = candidates.Where(s => s.NotFromPipeline.Count > 0).Aggregate(0u, (flags, s) => flags | s.Flag);
        bool anyBlocked = blocked != 0 || sets.Values.Any(s => s.ForAllSets && s.NotFromPipeline.Count > 0);
        if (!anyBlocked)
            return [];

        if (value != 0)
            return Choose(value);

        if (byValue.Length <= 1 && byProperty.Length <= 1)
            throw state.AmbiguousSet();

        if (blocked != 0)
        {
            Exclude(blocked);
            if (state.Sets == 0)
                throw state.AmbiguousSet();

            if (BindingState.Count(state.Sets) == 1)
                state.PublishSetName();
        }

        return [];
    }

    /// <summary>Takes one set to be tried first; when it still needs something from the command line, it is the only one.</summary>
    private List<BindableParameter> Choose(uint chosen)
    {
        if (sets.TryGetValue(chosen, out MandatorySet? own) && own.NotFromPipeline.Count > 0)
        {
            state.Sets = chosen;
            state.PublishSetName();
        }
        else
        {
            Exclude(sets.Values.Where(s => !s.ForAllSets && (s.Flag & chosen) == 0).Aggregate(0u, (flags, s) => flags | s.Flag));
            state.PublishSetName();
            if (state.Sets != chosen)
                state.PreferredPipelineSet = chosen;
        }

        return NotFromPipelineIn(chosen);
    }

    private void Exclude(uint flags)
    {
        if (flags != 0)
            state.Sets = (state.Sets == BindingState.AnySet ? state.Metadata.AllSetFlags : state.Sets) & ~flags;
    }
}
