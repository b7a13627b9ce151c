using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>What a cmdlet class declares: its parameters and parameter sets.</summary>
internal sealed class CommandMetadata
{
    private readonly List<string> setNames = [];

    private CommandMetadata(string name, Type type)
    {
        Name = name;
        Attribute = type.GetCustomAttribute<CmdletAttribute>()
            ?? throw new PSInvalidOperationException($"{type.FullName} has no CmdletAttribute.");
        DefaultSetName = string.IsNullOrEmpty(Attribute.DefaultParameterSetName) ? null : Attribute.DefaultParameterSetName;
        if (DefaultSetName is not null)
            DefaultSetFlag = FlagOf(DefaultSetName);

        AddParameters(type, ParameterOwner.Cmdlet);
        AddParameters(typeof(CommonParameters), ParameterOwner.Common);
        if (Attribute.SupportsShouldProcess)
            AddParameters(typeof(ShouldProcessParameters), ParameterOwner.ShouldProcess);
    }

    internal string Name { get; }

    internal CmdletAttribute Attribute { get; }

    internal string? DefaultSetName { get; }

    internal uint DefaultSetFlag { get; }

    internal List<BindableParameter> Parameters { get; } = [];

    internal int SetCount => setNames.Count;

    internal uint AllSetFlags => setNames.Count >= 32 ? uint.MaxValue : (1u << setNames.Count) - 1;

    internal IReadOnlyList<string> SetNames => setNames;

    internal static CommandMetadata Read(string name, Type type) => new(name, type);

    /// <summary>The name of the one set that a flag stands for; the default set's name when it stands for every set.</summary>
    internal string SetNameOf(uint flags)
    {
        if (flags is uint.MaxValue or 0)
            return DefaultSetName ?? ParameterAttribute.AllParameterSets;

        int index = System.Numerics.BitOperations.TrailingZeroCount(flags);
        return System.Numerics.BitOperations.PopCount(flags) == 1 && index < setNames.Count ? setNames[index] : string.Empty;
    }

    /// <summary>Finds a parameter by name, alias or unambiguous beginning; null when there is none.</summary>
    internal BindableParameter? Find(string name, InvocationInfo? invocation)
    {
        BindableParameter? exact = Parameters.Find(p => Same(p.Name, name)) ?? Parameters.Find(p => p.Aliases.Any(a => Same(a, name)));
        if (exact is not null)
            return exact;

        BindableParameter[] matches =
            [.. Parameters.Where(p => Begins(p.Name, name)).Union(Parameters.Where(p => p.Aliases.Any(a => Begins(a, name))))];
        if (matches.Length <= 1)
            return matches.FirstOrDefault();

        BindableParameter[] own = Array.FindAll(matches, p => p.Owner == ParameterOwner.Cmdlet);
        if (own.Length == 1)
            return own[0];

        throw new ParameterBindingException(
            "AmbiguousParameter",
            ErrorCategory.InvalidArgument,
            $"Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include:{string.Concat(matches.Select(m => " -" + m.Name))}.",
            invocation,
            name);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string a, string b) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase);

    private uint FlagOf(string setName)
    {
        if (setName == ParameterAttribute.AllParameterSets)
            return 0;

        int index = setNames.FindIndex(s => Same(s, setName));
        if (index < 0)
        {
            index = setNames.Count;
            setNames.Add(setName);
        }

        return 1u << index;
    }

    private void AddParameters(Type type, ParameterOwner owner)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<MemberInfo> members = type.GetProperties(Public).Cast<MemberInfo>().Concat(type.GetFields(Public));
        foreach (MemberInfo member in members)
        {
            ParameterAttribute[] declared = [.. member.GetCustomAttributes<ParameterAttribute>()];
            if (declared.Length > 0 && member is PropertyInfo { SetMethod: not { IsPublic: true } })
                continue;

            if (declared.Length > 0 && !Parameters.Any(p => Same(p.Name, member.Name)))
                Parameters.Add(new BindableParameter(member, owner, [.. declared.Select(d => new ParameterSetData(FlagOf(d.ParameterSetName), d))]));
        }
    }
}
