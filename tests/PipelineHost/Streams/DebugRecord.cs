namespace System.Management.Automation;

/// <summary>A debug text.</summary>
public class DebugRecord(string message) : InformationalRecord(message);
