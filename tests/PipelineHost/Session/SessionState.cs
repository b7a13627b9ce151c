using MacvtapTools.PipelineHost;

namespace System.Management.Automation;

/// <summary>What a cmdlet sees of its session.</summary>
public sealed class SessionState
{
    internal SessionState(Session session)
    {
        Path = new PathIntrinsics(session);
        PSVariable = new PSVariableIntrinsics(session);
        InvokeProvider = new ProviderIntrinsics(Path);
    }

    public ProviderIntrinsics InvokeProvider { get; }

    public PathIntrinsics Path { get; }

    public PSVariableIntrinsics PSVariable { get; }
}
