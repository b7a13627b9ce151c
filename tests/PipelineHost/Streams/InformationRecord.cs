namespace System.Management.Automation;

/// <summary>A message of the information stream.</summary>
public class InformationRecord
{
    public InformationRecord(object messageData, string source)
    {
        MessageData = messageData;
        Source = source;
    }

    public string Computer { get; set; } = Environment.MachineName;

    public uint ManagedThreadId { get; set; } = (uint)Environment.CurrentManagedThreadId;

    public object MessageData { get; }

    public uint NativeThreadId { get; set; }

    public uint ProcessId { get; set; } = (uint)Environment.ProcessId;

    public string Source { get; set; }

    public List<string> Tags { get; } = [];

    public DateTime TimeGenerated { get; set; } = DateTime.Now;

    public string User { get; set; } = Environment.UserName;

    public override string ToString() => MessageData?.ToString() ?? string.Empty;
}
