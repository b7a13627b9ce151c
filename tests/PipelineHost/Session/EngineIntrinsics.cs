namespace System.Management.Automation;

/// <summary>What an attribute sees of the engine.</summary>
public class EngineIntrinsics
{
    internal EngineIntrinsics(SessionState sessionState, Host.PSHost host)
    {
        SessionState = sessionState;
        Host = host;
    }

    public Host.PSHost Host { get; }

    public SessionState SessionState { get; }
}
