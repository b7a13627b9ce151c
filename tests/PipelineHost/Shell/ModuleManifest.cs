using System.Collections;
using System.Management.Automation;

namespace MacvtapTools.PipelineHost;

/// <summary>A module manifest of plain literals.</summary>
public sealed class ModuleManifest
{
    private readonly Hashtable values;
    private readonly string folder;

    private ModuleManifest(Hashtable values, string folder)
    {
        this.values = values;
        this.folder = folder;
    }

    /// <summary>The full path of the root module's assembly.</summary>
    public string RootModule => Resolve(Text("RootModule") ?? throw new InvalidDataException("The manifest names no RootModule."));

    public string? ModuleVersion => Text("ModuleVersion");

    public IReadOnlyList<string> CmdletsToExport => List("CmdletsToExport") ?? ["*"];

    public IReadOnlyList<string> AliasesToExport => List("AliasesToExport") ?? ["*"];

    /// <summary>Full paths.</summary>
    public IReadOnlyList<string> FormatsToProcess => [.. (List("FormatsToProcess") ?? []).Select(Resolve)];

    /// <summary>Full paths.</summary>
    public IReadOnlyList<string> TypesToProcess => [.. (List("TypesToProcess") ?? []).Select(Resolve)];

    /// <summary>Reads a psd1 file.</summary>
    /// <exception cref="InvalidDataException">It is not a hashtable of literals.</exception>
    public static ModuleManifest Read(string path) => new(DataFile.Read(path), Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>A value as it stands in the manifest, null when it is not there.</summary>
    public object? Value(string key) => values[key];

    internal bool ExportsCmdlet(string name) => Exports(CmdletsToExport, name);

    internal bool ExportsAlias(string name) => Exports(AliasesToExport, name);

    private static bool Exports(IEnumerable<string> patterns, string name) => patterns.Any(p => new WildcardPattern(p, WildcardOptions.IgnoreCase).IsMatch(name));

    private string Resolve(string path) => Path.GetFullPath(path.Replace('\\', '/'), folder);

    private string? Text(string key) => values[key] is { } value ? LanguagePrimitives.ToText(value) : null;

    private string[]? List(string key) => values.ContainsKey(key) ? LanguagePrimitives.ConvertTo<string[]>(values[key] ?? Array.Empty<object>()) : null;
}
