using MacvtapTools.PipelineHost;

namespace System.Management.Automation;

/// <summary>What a cmdlet sees of its session.</summary>
public sealed class SessionState
{
    internal SessionState(Session session)
    {
        Session = session;
        Path = new PathIntrinsics(session);
        PSVariable = new PSVariableIntrinsics(session);
        InvokeProvider = new ProviderIntrinsics(Path);
    }

    internal Session Session { get; }

    public ProviderIntrinsics InvokeProvider { get; }

    public PathIntrinsics Path { get; }

    public PSVariableIntrinsics PSVariable { get; }
}
