namespace System.Management.Automation;

/// <summary>A verbose text.</summary>
public class VerboseRecord(string message) : InformationalRecord(message);
