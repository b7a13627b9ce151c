using System.Collections.Concurrent;
using System.Diagnostics;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>
/// What a test with guests needs besides the kernel. With MACVTAPTOOLS_GUESTS=install in the environment what is missing is installed from Debian's packages, and the
/// guests' kernel fetched. Without it, or where that fails, the test is skipped and says why.
/// </summary>
internal static class GuestRequires
{
    private const string Switch = "MACVTAPTOOLS_GUESTS";
    private const string Advice = $"set {Switch}=install to install and fetch what guests need (as root, on Debian)";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);
    private static readonly ConcurrentDictionary<string, Lazy<string?>> _known = new();
    private static readonly Lazy<string?> _installation = new(Install);

    /// <summary>The folder of the samples.</summary>
    internal static string Samples { get; } = Repository.Path("samples");

    /// <summary>What guests start from.</summary>
    internal static GuestFiles Files { get; } = new(Path.Combine(Samples, "lab", "init"));

    /// <summary>A script of these tests.</summary>
    internal static string Script(string name) => Repository.Path("tests", "Guest.Tests", "scripts", name);

    private static bool MayInstall => Environment.GetEnvironmentVariable(Switch) == "install";

    /// <summary>Programs of the host.</summary>
    internal static void Program(params IEnumerable<string> names)
    {
        foreach (string name in names)
            Check($"program {name}", () => Find(name));
    }

    /// <summary>The kernel for QEMU's guests.</summary>
    internal static void Kernel() => Check("kernel", static () =>
    {
        if (Files.HasKernel)
            return null;
        if (!MayInstall)
            return $"The guests' kernel was not fetched yet: {Advice}.";
        return Fetch() is null ? null : _installation.Value is { } failure ? $"The guests' kernel could not be fetched: {failure}" : Fetch();
    });

    /// <summary>A real shell for the samples.</summary>
    internal static string PowerShell()
    {
        if (GuestFiles.FindProgram("pwsh") is { } path)
            return path;
        Assert.Skip("There is no 'pwsh' on the PATH, so no sample was run. Install PowerShell 7.4 or later: https://aka.ms/powershell");
        return string.Empty;
    }

    private static string? Find(string program)
    {
        if (GuestFiles.FindProgram(program) is not null)
            return null;
        string missing = $"The program '{program}' is not on this host";
        if (!MayInstall)
            return $"{missing}: {Advice}.";
        string? failure = _installation.Value;
        return GuestFiles.FindProgram(program) is not null ? null : $"{missing}, and could not be installed: {failure ?? "it is in none of the packages"}.";
    }

    // Package lists may be missing or old: they are brought up to date by the installation, after which it is tried again.
    private static string? Fetch()
    {
        try
        {
            Files.FetchKernel();
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"The guests' kernel could not be fetched: {exception.Message}";
        }
    }

    private static string? Install()
    {
        using Process process = Programs.Start("sh", [Repository.Path("tests", "Guest.Tests", "install.sh")]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            return $"it took more than {_patience.TotalMinutes} minutes";
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{errors.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}".Trim();
    }

    private static void Check(string what, Func<string?> probe)
    {
        string? missing = _known.GetOrAdd(what, _ => new Lazy<string?>(probe)).Value;
        if (missing is not null)
            Assert.Skip(missing);
    }
}
