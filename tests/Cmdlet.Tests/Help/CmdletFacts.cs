using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What the compiled cmdlet declares, in the words of the help.</summary>
internal sealed partial class CmdletFacts
{
    private const string All = "(All)";

    private readonly Type _type;

    internal CmdletFacts(string name)
    {
        _type = ShippedModule.Cmdlets[name];
        IEnumerable<Parameter> own = ShippedModule.Parameters(_type).Select(p => new Parameter(
            p.Name,
            p.PropertyType.ToString(),
            [.. p.GetCustomAttributes<AliasAttribute>().SelectMany(a => a.AliasNames)],
            p.GetCustomAttributes<SupportsWildcardsAttribute>().Any(),
            [.. p.GetCustomAttributes<ParameterAttribute>().Select(Facts)]));
        IEnumerable<Parameter> asking = _type.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess
            ? [Switch("WhatIf", "wi"), Switch("Confirm", "cf")]
            : [];
        Parameters = [.. own.Concat(asking)];
    }

    /// <summary>One parameter.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type's name.</param>
    /// <param name="Aliases">Its other names.</param>
    /// <param name="SupportsWildcards">Whether it takes patterns.</param>
    /// <param name="Sets">What it is in each of its parameter sets.</param>
    internal sealed record Parameter(string Name, string Type, IReadOnlyList<string> Aliases, bool SupportsWildcards, IReadOnlyList<Set> Sets)
    {
        internal bool IsSwitch => Type == typeof(SwitchParameter).FullName;
    }

    /// <summary>What a parameter is in one parameter set.</summary>
    /// <param name="Name">The set's name; "(All)" for all of them.</param>
    /// <param name="Position">Its position; null where it has none.</param>
    /// <param name="IsRequired">Whether it has to be given.</param>
    /// <param name="ByValue">Whether it takes objects of the pipeline.</param>
    /// <param name="ByPropertyName">Whether it takes properties of these objects.</param>
    internal sealed record Set(string Name, int? Position, bool IsRequired, bool ByValue, bool ByPropertyName);

    internal IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The names of the parameter sets.</summary>
    internal IReadOnlyList<string> Sets =>
        Parameters.SelectMany(p => p.Sets).Select(s => s.Name).Append(DefaultSet ?? All).Where(n => n != All).Distinct().ToArray() is { Length: > 0 } named ? named : [ParameterAttribute.AllParameterSets];

    /// <summary>The set that is taken where nothing tells.</summary>
    internal string? DefaultSet => _type.GetCustomAttribute<CmdletAttribute>()!.DefaultParameterSetName is { Length: > 0 } name ? name : null;

    /// <summary>The types that come out.</summary>
    internal IReadOnlyList<string> Outputs => [.. _type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type?.ToString() ?? t.Name).Distinct()];

    /// <summary>The types that go in by the pipeline; of a value that can be left out, the value's.</summary>
    internal IReadOnlyList<string> Inputs => [.. Parameters.Where(p => p.Sets.Any(s => s.ByValue || s.ByPropertyName)).Select(p => Optional.Replace(p.Type, "$1")).Distinct()];

    /// <summary>What a parameter is in a set; null where it is in another one only.</summary>
    internal static Set? In(Parameter parameter, string set) => parameter.Sets.FirstOrDefault(s => s.Name == All || s.Name == set);

    private static Set Facts(ParameterAttribute declared) => new(
        declared.ParameterSetName == ParameterAttribute.AllParameterSets ? All : declared.ParameterSetName,
        declared.Position == int.MinValue ? null : declared.Position,
        declared.Mandatory,
        declared.ValueFromPipeline,
        declared.ValueFromPipelineByPropertyName);

    private static Parameter Switch(string name, string alias) => new(name, typeof(SwitchParameter).FullName!, [alias], false, [new Set(All, null, false, false, false)]);

    [GeneratedRegex(@"^System\.Nullable`1\[(.*)\]$")]
    private static partial Regex Optional { get; }
}
