using System.Diagnostics;

namespace MacvtapTools.Kernel.Tests;

/// <summary>
/// An Open vSwitch of a test's own, with the datapath in user space: bridge ovs0 in a network namespace, with the ports sw1 and far3, whose other ends are sw0 and far2.
/// It ends when this does, or the test process. The script is that of the scenarios.
/// </summary>
internal sealed class OpenVswitch : IDisposable
{
    private static readonly string[] _programs = ["ovsdb-tool", "ovsdb-server", "ovs-vswitchd", "ovs-vsctl", "ovs-ofctl"];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    /// <summary>Starts it, or skips the test where Open vSwitch is not installed.</summary>
    /// <param name="lab">The lab that owns the directory.</param>
    /// <param name="networkNamespace">The namespace.</param>
    internal OpenVswitch(Lab lab, string networkNamespace)
    {
        Require();
        Directory = lab.Own(Path.Combine(Path.GetTempPath(), lab.NewName()));
        _process = Programs.Start("/bin/sh", [Script, networkNamespace, Directory]);
        Task<string?> ready = _process.StandardOutput.ReadLineAsync();
        if (!ready.Wait(_patience) || ready.Result != "ready")
        {
            string words = _process.HasExited ? _process.StandardError.ReadToEnd() : "it says nothing";
            Dispose();
            throw new InvalidOperationException($"Open vSwitch did not start: {words}");
        }
    }

    /// <summary>The directory of its database and sockets.</summary>
    internal string Directory { get; }

    /// <summary>Skips the test where a program is missing.</summary>
    internal static void Require()
    {
        foreach (string program in _programs) Requires.Program(program);
        Requires.Kind("veth");
    }

    /// <summary>Runs a program of Open vSwitch on it.</summary>
    internal string Run(string program, params string[] arguments) => Programs.Run("env", [$"OVS_RUNDIR={Directory}", program, .. arguments]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(_patience)) _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Script => Repository.Path("tests", "Scenarios", "openvswitch.sh");
}
