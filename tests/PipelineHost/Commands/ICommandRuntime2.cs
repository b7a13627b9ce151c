namespace System.Management.Automation;

/// <summary>What came to the runtime later.</summary>
public interface ICommandRuntime2 : ICommandRuntime
{
    bool ShouldContinue(string query, string caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll);

    void WriteInformation(InformationRecord informationRecord);
}
