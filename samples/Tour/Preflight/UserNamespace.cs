using System.Diagnostics;
using System.Runtime.InteropServices;
using MacvtapTools.Tour.Cleanup;

namespace MacvtapTools.Tour.Preflight;

/// <summary>The way of a plain user: the tour once more, as root of a user namespace with a network of its own (user_namespaces(7), unshare(1)).</summary>
internal static partial class UserNamespace
{
    private const string Unshare = "unshare";
    private static readonly string[] Namespaces = ["--user", "--map-root-user", "--net", "--mount"];

    /// <summary>What is in the way; null when nothing is.</summary>
    internal static Obstacle? FindObstacle()
    {
        if (Programs.Find(Unshare) is null)
            return new Obstacle("The program unshare is not on the PATH.", "Install util-linux, or run the tour as root.");
        Programs.Outcome outcome = Programs.Run(Unshare, [.. Namespaces, "true"]);
        return outcome.ExitCode == 0
            ? null
            : new Obstacle($"This process may not make network namespaces, and a user namespace, where a plain user may, is refused too ({outcome.ErrorOutput.Trim()}).", UserNamespaceAdvice.Give());
    }

    /// <summary>Runs the tour there and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    internal static int RunTour(string[] arguments, Interruption interruption)
    {
        string host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(UserNamespace).Assembly.Location] : [host];
        using Process process = Process.Start(new ProcessStartInfo(Unshare, [.. Namespaces, .. program, Options.InsideOption, .. arguments]))!;
        // From a terminal the child has the signal already; from kill(1) it has not.
        using CancellationTokenRegistration forwarding = interruption.Token.Register(() => _ = Kill(process.Id, interruption.Signal ?? 0));
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>In the new mount namespace: room for named network namespaces, which nobody else sees.</summary>
    internal static Obstacle? MakeRoomForNames()
    {
        string place = Directory.Exists("/run/netns") ? "/run/netns" : "/run";
        return Mount("tmpfs", place, "tmpfs", 0, null) == 0
            ? null
            : new Obstacle($"A private {place} cannot be mounted ({Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}).", "Run the tour as root.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string? data);
}
