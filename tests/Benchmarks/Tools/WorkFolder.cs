namespace MacvtapTools.Benchmarks.Tools;

/// <summary>A temporary folder that goes with the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("macvtap-benchmarks-").FullName;

    /// <summary>Writes a file there.</summary>
    /// <returns>Its path.</returns>
    internal string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
