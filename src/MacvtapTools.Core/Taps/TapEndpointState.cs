namespace MacvtapTools;

/// <summary>What has become of an open tap device.</summary>
public enum TapEndpointState
{
    /// <summary>Open, and frames can pass.</summary>
    Open,

    /// <summary>Open, but the link is switched off, or has no carrier (its lower device is switched off): nothing passes until it is back.</summary>
    LinkDown,

    /// <summary>The link was deleted, or its lower device: nothing will ever pass again. The kernel itself takes frames as before, and drops them.</summary>
    Gone,

    /// <summary>Closed.</summary>
    Closed,
}
