namespace MacvtapTools.Commands;

/// <summary>The names of the parameter sets that say which links are meant.</summary>
internal static class ParameterSets
{
    internal const string ByName = "ByName";
    internal const string ByIndex = "ByIndex";
    internal const string InputObject = "InputObject";

    /// <summary>No link at all: a route that drops packets.</summary>
    internal const string WithoutLink = "WithoutLink";

    /// <summary>All links of network namespaces that come by the pipe.</summary>
    internal const string ByNamespace = "ByNamespace";
}
