using System.Diagnostics;
using System.Text;
using MacvtapTools.Kernel.Tests;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A Release build is the same bytes wherever it is made, and tells nothing of the machine.</summary>
public sealed class ReleaseBuildTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);
    private static readonly string[] _shipped = ["MacvtapTools.dll", "MacvtapTools.pdb", "MacvtapTools.Core.dll", "MacvtapTools.Core.pdb"];

    private readonly string _scratch = Directory.CreateTempSubdirectory(Lab.OwnPrefix).FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public void Two_builds_in_two_folders_give_the_same_bytes_and_name_neither()
    {
        string first = Build("a");
        string second = Build("another-folder");
        foreach (string file in _shipped)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(first, "bin", file));
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, "bin", file))), $"{file} is not the same in both.");
            foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
                Assert.True(bytes.AsSpan().IndexOf(encoding.GetBytes(_scratch)) < 0, $"{file} holds the path that it was built in.");
        }
    }

    /// <summary>Builds a copy of the sources in a folder of its own. Analyzers do not change what comes out.</summary>
    private string Build(string name)
    {
        string folder = Path.Combine(_scratch, name);
        foreach (string file in SourceFiles())
        {
            string target = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // No compiler or build node outlives the build: it would keep the pipes open.
        using Process process = Programs.Start("dotnet", ["build", Path.Combine(folder, "src", "MacvtapTools"), "--configuration", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The build did not end within {_patience.TotalMinutes} minutes.");
        }

        Assert.True(process.ExitCode == 0, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        return folder;
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Repository.Path("src"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetRelativePath(Repository.Root, f).Split(Path.DirectorySeparatorChar) is var parts && !parts.Contains("bin") && !parts.Contains("obj"))
            .Concat(new[] { ".editorconfig", "Directory.Build.props", "Directory.Packages.props", "MacvtapTools.psd1" }.Select(f => Repository.Path(f)));
}
