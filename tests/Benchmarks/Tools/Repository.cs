using System.Diagnostics;
using System.Reflection;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>Where the module is.</summary>
internal static class Repository
{
    /// <summary>The manifest of the module that was built with this program.</summary>
    internal static string Manifest { get; } = Find();

    /// <summary>The module lies where every build puts it: one for debugging, or one of another state of the code, would give its figures for ours.</summary>
    /// <exception cref="InvalidOperationException">It is not the one that was built with this program, or either is for debugging.</exception>
    internal static void RequireSameBuild()
    {
        Assembly core = typeof(Link).Assembly;
        if (core.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }) throw new InvalidOperationException("This is a build for debugging: run it with -c Release.");
        string laidOut = Path.Combine(Path.GetDirectoryName(Manifest)!, "bin", Path.GetFileName(core.Location));
        if (!File.ReadAllBytes(laidOut).AsSpan().SequenceEqual(File.ReadAllBytes(core.Location)))
            throw new InvalidOperationException($"{laidOut} is of another build than this program: run it with dotnet run -c Release, which builds both.");
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "MacvtapTools.psd1");
            if (File.Exists(manifest)) return manifest;
        }

        throw new InvalidOperationException("MacvtapTools.psd1 is in no folder above this program.");
    }
}
