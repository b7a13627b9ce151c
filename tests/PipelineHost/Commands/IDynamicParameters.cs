namespace System.Management.Automation;

/// <summary>A cmdlet with parameters made at run time. The stand-in refuses to run one.</summary>
public interface IDynamicParameters
{
    object? GetDynamicParameters();
}
