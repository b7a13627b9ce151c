namespace System.Management.Automation;

/// <summary>Called when the module's assembly is removed.</summary>
public interface IModuleAssemblyCleanup
{
    void OnRemove(PSModuleInfo psModuleInfo);
}
