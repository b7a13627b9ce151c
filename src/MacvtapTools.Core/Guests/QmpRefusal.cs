using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>QEMU refused a command.</summary>
/// <param name="command">The command.</param>
/// <param name="kind">QEMU's class of errors: GenericError, DeviceNotFound, CommandNotFound.</param>
/// <param name="words">QEMU's own words.</param>
/// <param name="path">The socket's path.</param>
internal sealed class QmpRefusal(string command, string kind, string words, string path)
    : MacvtapException(FailureId.QemuRefused, $"QEMU refused {command}: {words}", null, path)
{
    /// <summary>QEMU's class of errors.</summary>
    internal string Kind { get; } = kind;

    /// <summary>QEMU's own words.</summary>
    internal string Words { get; } = words;
}
