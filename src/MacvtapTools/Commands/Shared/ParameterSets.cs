namespace MacvtapTools.Commands;

/// <summary>The names of the parameter sets that say which links are meant.</summary>
internal static class ParameterSets
{
    internal const string ByName = "ByName";
    internal const string ByIndex = "ByIndex";
    internal const string InputObject = "InputObject";
}
