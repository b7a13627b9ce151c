using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>A command that also sees its session: parameter set, variables, locations.</summary>
public abstract class PSCmdlet : Cmdlet
{
    private InvocationInfo? invocation;
    private SessionState? session;

    protected PSCmdlet()
    {
    }

    public Host.PSHost Host => CommandRuntime.Host;

    public InvocationInfo MyInvocation => invocation ?? throw NoPipeline();

    public string ParameterSetName { get; private set; } = string.Empty;

    public SessionState SessionState => session ?? throw NoPipeline();

    public Collection<string> GetResolvedProviderPathFromPSPath(string path, out ProviderInfo provider) =>
        SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);

    public string GetUnresolvedProviderPathFromPSPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    public object? GetVariableValue(string name) => SessionState.PSVariable.GetValue(name);

    public object? GetVariableValue(string name, object? defaultValue) => SessionState.PSVariable.GetValue(name, defaultValue);

    internal void Attach(InvocationInfo invocationInfo, SessionState sessionState)
    {
        invocation = invocationInfo;
        session = sessionState;
    }

    internal void SetParameterSetName(string name) => ParameterSetName = name;

    private static PSInvalidOperationException NoPipeline() =>
        new("A cmdlet that derives from PSCmdlet has these only in a pipeline (MacvtapTools.PipelineHost.Shell).");
}
