using System.Diagnostics;

namespace MacvtapTools.Core.Tests.Frames;

/// <summary>A FIFO of its own.</summary>
internal sealed class TestPipe : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;

    internal TestPipe()
    {
        using Process made = Process.Start("mkfifo", [Path]);
        made.WaitForExit();
        Xunit.Assert.Equal(0, made.ExitCode);
    }

    internal string Path => System.IO.Path.Combine(_directory, "pipe");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
