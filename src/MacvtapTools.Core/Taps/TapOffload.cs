namespace MacvtapTools;

/// <summary>
/// What the reader of a tap device with a vnet header takes over from the kernel (TUN_F_*, include/uapi/linux/if_tun.h; the values are the kernel's). Without any of
/// them, each frame comes whole: no longer than the MTU allows, and with its checksum.
/// </summary>
[Flags]
public enum TapOffload
{
    /// <summary>Nothing: every frame comes whole.</summary>
    None = 0,

    /// <summary>Frames may come with a checksum that is still to be computed; the vnet header says so. All others need it.</summary>
    Checksum = 1,

    /// <summary>TCP over IPv4 may come in frames of up to 64 KB that are still to be divided.</summary>
    Tso4 = 2,

    /// <summary>TCP over IPv6 may come in frames of up to 64 KB that are still to be divided.</summary>
    Tso6 = 4,

    /// <summary>Such TCP frames may carry congestion marks (ECN); needs Tso4 or Tso6.</summary>
    TsoEcn = 8,

    /// <summary>UDP may come in datagrams that are still to be made fragments. Newer kernels take it and make no such frames any more.</summary>
    Ufo = 0x10,

    /// <summary>UDP over IPv4 and IPv6 may come in frames that are still to be divided into datagrams (Linux 6.2).</summary>
    Uso = 0x60,
}
