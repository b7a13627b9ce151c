namespace System.Management.Automation;

/// <summary>How a command was called.</summary>
public class InvocationInfo
{
    internal InvocationInfo(CommandInfo command, string invocationName, string line)
    {
        MyCommand = command;
        InvocationName = invocationName;
        Line = line;
    }

    public Dictionary<string, object?> BoundParameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;

    public bool ExpectingInput { get; internal set; }

    public long HistoryId => 1;

    public string InvocationName { get; }

    public string Line { get; }

    public CommandInfo MyCommand { get; }

    public int OffsetInLine { get; internal set; }

    public int PipelineLength { get; internal set; }

    public int PipelinePosition { get; internal set; }

    public string PositionMessage => $"At line:{ScriptLineNumber} char:{OffsetInLine}";

    public string PSCommandPath => string.Empty;

    public string PSScriptRoot => string.Empty;

    public int ScriptLineNumber { get; internal set; } = 1;

    public string ScriptName => string.Empty;

    public List<object?> UnboundArguments { get; } = [];
}
