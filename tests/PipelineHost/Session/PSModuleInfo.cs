using System.Reflection;

namespace System.Management.Automation;

/// <summary>A module that was imported.</summary>
public sealed class PSModuleInfo
{
    internal PSModuleInfo(string name, string path, Assembly? implementingAssembly)
    {
        Name = name;
        Path = path;
        ImplementingAssembly = implementingAssembly;
    }

    public Assembly? ImplementingAssembly { get; }

    public string ModuleBase => System.IO.Path.GetDirectoryName(Path) ?? string.Empty;

    public string Name { get; }

    public string Path { get; }

    public override string ToString() => Name;
}
