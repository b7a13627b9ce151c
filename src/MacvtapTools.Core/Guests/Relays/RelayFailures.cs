using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Guests.Relays;

/// <summary>What can go wrong with a relay, in words.</summary>
internal static class RelayFailures
{
    /// <summary>Something else is at the path.</summary>
    internal static MacvtapException Taken(string path, bool isSocket) => new(
        FailureId.SocketExists,
        isSocket ? $"Something listens at {path} already." : $"{path} is there already, and it is no socket.",
        isSocket ? "Stop it (Get-TapRelay shows the relays of this shell), or give another path." : "Nothing was changed. Give another path.",
        path);

    /// <summary>A path that no socket can have.</summary>
    internal static MacvtapException TooLong(string path) => new(
        FailureId.ParameterInvalid,
        $"The path {path} is too long for a socket.",
        $"It may have {RelaySocket.LongestPath} bytes. A folder such as /run/user/$(id -u) has a short path.",
        path);

    /// <summary>The kernel did not make the socket.</summary>
    internal static MacvtapException NotMade(string path, KernelException failure) => new(
        failure.Errno switch
        {
            Errno.EACCES or Errno.EPERM or Errno.EROFS => FailureId.AccessDenied,
            Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or Errno.ENAMETOOLONG => FailureId.ParameterInvalid,
            _ => FailureId.KernelError,
        },
        $"The socket {path} could not be made.",
        "Give a path in a folder that is there and that you may write in.",
        path,
        failure);

    /// <summary>The relay has ended.</summary>
    internal static MacvtapException Ended(TapRelay relay) => new(
        FailureId.TapRelayEnded,
        $"{relay} has ended: {relay.Reason}.",
        "Start-TapRelay starts another one.",
        relay);

    /// <summary>A program has the other end.</summary>
    internal static MacvtapException Busy(TapRelay relay) => new(
        FailureId.TapRelayBusy,
        $"The other end of {relay} was given to {relay.Peer} already.",
        "A relay is for one guest. Start-TapRelay starts another one.",
        relay);

    /// <summary>There is no descriptor to give.</summary>
    internal static MacvtapException NoDescriptor(TapRelay relay) => new(
        FailureId.ParameterInvalid,
        relay.Path is { } path ? $"{relay} has no descriptor for a program: it listens at {path}." : $"{relay} has no descriptor for a program: it connects two tap devices.",
        relay.Path is null ? "Start-TapRelay without -Peer makes a socket pair." : "The program connects to the socket itself. Start-TapRelay without -Path makes a socket pair.",
        relay);
}
