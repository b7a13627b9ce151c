using System.Globalization;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>How many watches on directories users may have: udev and many managers of guests need some. This module needs none.</summary>
internal sealed class InotifyCheck() : HostCheckRule("Inotify", Settings)
{
    private const string Instances = "/proc/sys/fs/inotify/max_user_instances";
    private const long Enough = 128;

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host) => host.Read(Instances)?.Trim() switch
    {
        null => NotApplicable("The kernel has no inotify, or /proc does not show it."),
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count < Enough => Warning(
            $"A user may have only {count} instances of inotify; managers of many guests and containers run out of them.",
            "Set fs.inotify.max_user_instances to 512.",
            $"fs.inotify.max_user_instances = {count}"),
        var text => Passed($"A user may have {text} instances of inotify; this module needs none.", null, $"fs.inotify.max_user_instances = {text}"),
    };
}
