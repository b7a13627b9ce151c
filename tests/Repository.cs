using System.Reflection;

namespace MacvtapTools.Tests;

/// <summary>Where things are in the repository that a test program was built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Told("RepositoryRoot");

    /// <summary>The manifest of the module that was built with this program.</summary>
    internal static string Manifest => Path("MacvtapTools.psd1");

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>What the build told of a name (AssemblyMetadata). Source paths will not do for this: a deterministic build replaces them.</summary>
    internal static string Told(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
