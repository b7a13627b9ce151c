namespace MacvtapTools;

/// <summary>Why a relay has ended.</summary>
public enum TapRelayReason
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>The other side closed its socket: the guest ended, or switched its card off.</summary>
    PeerClosed,

    /// <summary>The link was deleted, or its lower device.</summary>
    LinkGone,

    /// <summary>The tap device that it was given was closed (Close-TapDevice).</summary>
    EndpointClosed,

    /// <summary>Something else went wrong; <see cref="TapRelay.Failure"/> says what.</summary>
    Failed,
}
