using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Notes that the module was imported.</summary>
public sealed class SampleModule : IModuleAssemblyInitializer
{
    public static bool Imported { get; private set; }

    public void OnImport() => Imported = true;
}
