namespace System.Management.Automation;

/// <summary>Called when the module's assembly is imported.</summary>
public interface IModuleAssemblyInitializer
{
    void OnImport();
}
