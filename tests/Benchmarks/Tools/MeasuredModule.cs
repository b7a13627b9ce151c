using System.Diagnostics;
using System.Reflection;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>The module that is measured. It lies where every build puts it: one for debugging, or one of another state of the code, would give its figures for ours.</summary>
internal static class MeasuredModule
{
    /// <summary>Refuses a module that was not built with this program.</summary>
    /// <exception cref="InvalidOperationException">It is of another build, or either is for debugging.</exception>
    internal static void RequireSameBuild()
    {
        Assembly core = typeof(Link).Assembly;
        if (core.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }) throw new InvalidOperationException("This is a build for debugging: run it with -c Release.");
        string laidOut = Repository.Path("bin", Path.GetFileName(core.Location));
        if (!File.ReadAllBytes(laidOut).AsSpan().SequenceEqual(File.ReadAllBytes(core.Location)))
            throw new InvalidOperationException($"{laidOut} is of another build than this program: run it with dotnet run -c Release, which builds both.");
    }
}
