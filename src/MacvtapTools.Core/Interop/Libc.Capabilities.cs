namespace MacvtapTools.Interop;

/// <summary>Numbers of capabilities (include/uapi/linux/capability.h), as the bits of CapEff in /proc/PID/status count.</summary>
internal static partial class Libc
{
    internal const int CAP_CHOWN = 0;
    internal const int CAP_FOWNER = 3;
    internal const int CAP_NET_ADMIN = 12;
    internal const int CAP_NET_RAW = 13;
    internal const int CAP_SYS_ADMIN = 21;
    internal const int CAP_MKNOD = 27;
}
