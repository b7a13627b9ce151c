namespace MacvtapTools;

/// <summary>What a bridge port belongs to.</summary>
public enum BridgeBackend
{
    /// <summary>A bridge of the kernel.</summary>
    Kernel,

    /// <summary>A bridge of Open vSwitch, whichever datapath it has.</summary>
    OpenVswitch,
}
