using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Kernel.Tests;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A libvirtd of a test's own in a network namespace, which knows nothing of the host's. Its guests end with it, however the test ends.</summary>
internal sealed class Libvirtd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _starter;
    private readonly string _folder;
    private readonly int _id;

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="networkNamespace">The namespace.</param>
    /// <param name="folder">A folder for its log.</param>
    internal Libvirtd(string networkNamespace, string folder)
    {
        _folder = folder;
        _starter = Programs.Start("ip", ["netns", "exec", networkNamespace, "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", GuestRequires.Script("libvirtd.sh"), folder]);
        _starter.StandardInput.Close();
        try
        {
            Await(() => Child() is not 0);
            _id = Child();
            Await(() => Try("version").ExitCode == 0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs virsh, which may not fail.</summary>
    internal string Virsh(params string[] arguments)
    {
        Programs.Outcome outcome = Try(arguments);
        Assert.True(outcome.ExitCode == 0, $"virsh {string.Join(' ', arguments)}: {outcome.ErrorOutput}{Log}");
        return outcome.Output;
    }

    /// <summary>Ends it and its guests.</summary>
    public void Dispose()
    {
        _starter.Kill(); // and with it the first process of the namespace, and with that all others
        _starter.WaitForExit();
        _starter.Dispose();
    }

    private string Log => File.Exists(Path.Combine(_folder, "libvirtd.log")) ? File.ReadAllText(Path.Combine(_folder, "libvirtd.log")) : string.Empty;

    private Programs.Outcome Try(params string[] arguments) =>
        Programs.Try("nsenter", ["--target", _id.ToString(CultureInfo.InvariantCulture), "--mount", "--net", "virsh", "--connect", "qemu:///system", .. arguments]);

    private int Child() =>
        int.TryParse(File.ReadAllText($"/proc/{_starter.Id}/task/{_starter.Id}/children").Trim(), CultureInfo.InvariantCulture, out int id) ? id : 0;

    private void Await(Func<bool> condition)
    {
        for (long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !condition(); Thread.Sleep(50))
            Assert.True(Environment.TickCount64 < end && !_starter.HasExited, $"libvirtd did not start. {(_starter.HasExited ? _starter.StandardError.ReadToEnd() : string.Empty)}{Log}");
    }
}
