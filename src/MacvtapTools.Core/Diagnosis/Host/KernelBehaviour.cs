namespace MacvtapTools.Diagnosis.Host;

/// <summary>What kernels do otherwise than they say.</summary>
internal enum KernelBehaviour
{
    /// <summary>RTM_SETLINK with a mode is acknowledged and ignored.</summary>
    SetLinkIgnored,

    /// <summary>A list of links without an extended mask leaves out links that are long, and all behind them.</summary>
    LongLinksLost,

    /// <summary>A change of a port through its slave data switches a disabled port on.</summary>
    DisabledPortSwitchedOn,

    /// <summary>The state Blocking is acknowledged and becomes Forwarding.</summary>
    BlockingBecomesForwarding,

    /// <summary>NoPromiscuous of a passthru link that is off makes the kernel lose count of the lower device's promiscuity.</summary>
    PromiscuityLost,

    /// <summary>The broadcast cutoff is acknowledged and ignored.</summary>
    CutoffIgnored,
}
