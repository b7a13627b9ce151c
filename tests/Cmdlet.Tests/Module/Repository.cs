using System.Reflection;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Where things are in the repository that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    internal static string Manifest => Path("MacvtapTools.psd1");

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
