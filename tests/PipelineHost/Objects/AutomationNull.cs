namespace System.Management.Automation.Internal;

/// <summary>The value of a pipeline that gave nothing: null as a value, no object at all as pipeline input.</summary>
public static class AutomationNull
{
    public static PSObject Value { get; } = new(PSCustomObject.Instance);
}
