using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace MacvtapTools.Samples;

/// <summary>
/// What a guest starts from: the kernel of Debian's package linux-image-cloud-amd64, which is fetched once and never installed, and an initial RAM disk
/// of busybox, the modules of virtio-net, and the script <c>init</c>.
/// </summary>
public sealed class GuestFiles
{
    private const string Package = "linux-image-cloud-amd64";

    private static readonly string[] Modules =
        { "virtio", "virtio_ring", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci", "failover", "net_failover", "virtio_net" };

    private readonly string _initScript;
    private readonly string _cache;

    /// <summary>Describes the files; makes nothing.</summary>
    /// <param name="initScript">The guest's only script, which the guest's kernel starts.</param>
    /// <param name="cache">The folder for the kernel, or null for the usual one below the user's cache.</param>
    public GuestFiles(string initScript, string? cache = null)
    {
        _initScript = initScript;
        _cache = cache ?? Path.Combine(UserCache(), "macvtaptools-guest");
    }

    /// <summary>The kernel for QEMU. There after <see cref="FetchKernel"/>.</summary>
    public string Kernel => Path.Combine(_cache, "vmlinuz");

    /// <summary>Whether the kernel was fetched already.</summary>
    public bool HasKernel => File.Exists(Kernel);

    /// <summary>Fetches Debian's kernel, unless it is there: 27 MB, of which the kernel and eight modules are kept.</summary>
    /// <exception cref="InvalidOperationException">A program failed; the message has its words.</exception>
    public void FetchKernel()
    {
        if (HasKernel)
            return;
        string folder = Directory.CreateTempSubdirectory("macvtaptools-kernel-").FullName;
        try
        {
            // The package is empty and depends on the one with the kernel of the day.
            string package = Run(folder, "apt-cache", "depends", Package).Split('\n').Select(line => line.Trim())
                .FirstOrDefault(line => line.StartsWith("Depends: linux-image-", StringComparison.Ordinal))?.Substring("Depends: ".Length)
                ?? throw new InvalidOperationException($"The package lists know no {Package}: run apt-get update.");
            Run(folder, "apt-get", "download", package);
            Run(folder, "dpkg-deb", "--extract", Directory.GetFiles(folder, "*.deb").Single(), folder);
            Keep(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes an initial RAM disk for QEMU, with the modules, or for User-mode Linux, which has its drivers built in and needs no fetched kernel.</summary>
    /// <param name="path">Where.</param>
    /// <param name="withModules">Whether the modules go in.</param>
    /// <param name="more">Further files, by their paths in the guest without a slash in front; null for none. One named script runs in the place of the guest's rounds.</param>
    /// <returns><paramref name="path"/>.</returns>
    public string WriteRamDisk(string path, bool withModules, IReadOnlyDictionary<string, byte[]>? more = null)
    {
        InitialRamDisk disk = new InitialRamDisk();
        foreach (string folder in new[] { "bin", "dev", "lib", "proc", "sys" })
            disk.AddDirectory(folder);
        disk.AddFile("bin/busybox", File.ReadAllBytes(FindProgram("busybox") ?? throw new InvalidOperationException("There is no busybox: apt-get install busybox-static.")));
        disk.AddFile("init", File.ReadAllBytes(_initScript));
        foreach (string module in withModules ? Directory.GetFiles(_cache, "*.ko") : Array.Empty<string>())
            disk.AddFile("lib/" + Path.GetFileName(module), File.ReadAllBytes(module));
        foreach (KeyValuePair<string, byte[]> file in more ?? new Dictionary<string, byte[]>())
        {
            disk.AddDirectories(file.Key);
            disk.AddFile(file.Key, file.Value);
        }

        File.WriteAllBytes(path, disk.ToArray());
        return path;
    }

    /// <summary>Where a program is.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The path, or null.</returns>
    public static string? FindProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    // The kernel comes last: where it is, everything is.
    private void Keep(string folder)
    {
        Directory.CreateDirectory(_cache);
        List<string> modules = Directory.GetFiles(folder, "*.ko*", SearchOption.AllDirectories).Where(path => Modules.Contains(Path.GetFileName(path).Split('.')[0])).ToList();
        foreach (string module in modules.Where(path => path.EndsWith(".xz", StringComparison.Ordinal)))
            Run(folder, "xz", "--decompress", module);
        foreach (string module in modules.Select(path => path.EndsWith(".xz", StringComparison.Ordinal) ? path.Substring(0, path.Length - 3) : path))
            File.Copy(module, Path.Combine(_cache, Path.GetFileName(module)), overwrite: true);
        File.Copy(Directory.GetFiles(Path.Combine(folder, "boot"), "vmlinuz-*").Single(), Kernel + ".part", overwrite: true);
        File.Move(Kernel + ".part", Kernel, overwrite: true);
    }

    private static string UserCache() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static string Run(string folder, string program, params string[] arguments)
    {
        if (FindProgram(program) is null)
            throw new InvalidOperationException($"There is no {program}: the guests' kernel comes from Debian's packages.");
        ProcessStartInfo start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(" ", arguments)} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
    }
}
