namespace System.Management.Automation;

/// <summary>Thrown by a command that needs no more input: it travels up through the upstream commands' WriteObject.</summary>
internal sealed class StopUpstreamCommandsException(Cmdlet requestingCommand) : FlowControlException
{
    internal Cmdlet RequestingCommand { get; } = requestingCommand;
}
