namespace MacvtapTools;

/// <summary>How User-mode Linux exchanges frames with the host (Documentation/virt/uml/user_mode_linux_howto_v2.rst; arch/um/drivers/vector_user.c).</summary>
public enum UmlTransport
{
    /// <summary>By a packet socket on a link: a macvtap, a macvlan, one end of a veth pair.</summary>
    Raw,

    /// <summary>By attaching to a classic tap.</summary>
    Tap,

    /// <summary>By a descriptor that the program was started with: a socket that keeps frames apart (SOCK_SEQPACKET or SOCK_DGRAM).</summary>
    Fd,

    /// <summary>By connecting to a socket that listens at a path (SOCK_SEQPACKET): a relay.</summary>
    Bess,
}
