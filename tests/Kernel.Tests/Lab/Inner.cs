using System.Reflection;
using Xunit;

namespace MacvtapTools.Kernel.Tests;

/// <summary>
/// Runs one test of this assembly in a process of its own, under another program such as unshare(1) or setpriv(1): what cannot be done within a process of
/// several threads. The inner test is marked <see cref="InnerFactAttribute"/>, so that it runs in no other way.
/// </summary>
internal static class Inner
{
    /// <summary>Runs it and requires that it ran and passed.</summary>
    /// <param name="test">The class of the inner test.</param>
    /// <param name="method">Its name.</param>
    /// <param name="wrapper">The program to run it under, with its arguments.</param>
    internal static void Run(Type test, string method, params string[] wrapper) => Run(test, method, Programs.Patience, wrapper);

    /// <summary>Runs one that may take longer.</summary>
    internal static void Run(Type test, string method, TimeSpan patience, params string[] wrapper)
    {
        Assert.NotNull(test.GetMethod(method, BindingFlags.Public | BindingFlags.Instance));
        string[] command = [.. wrapper, "env", $"{InnerFactDiscoverer.Switch}=1", DotnetHost, Assembly.GetExecutingAssembly().Location, "-method", $"{test.FullName}.{method}", "-noColor"];
        Programs.Outcome outcome = Programs.Try(command[0], patience, command[1..]);
        if (outcome.ExitCode != 0 || !outcome.Output.Contains("Total: 1", StringComparison.Ordinal))
            Assert.Fail($"{string.Join(' ', command)} ended with {outcome.ExitCode}:{Environment.NewLine}{outcome.Output}{outcome.ErrorOutput}");
        if (outcome.Output.Contains("Skipped: 1", StringComparison.Ordinal))
            Assert.Skip(outcome.Output);
    }

    internal static string DotnetHost =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
}
