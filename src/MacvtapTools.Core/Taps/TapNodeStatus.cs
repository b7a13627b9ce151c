using MacvtapTools.Interop;

namespace MacvtapTools.Taps;

/// <summary>What there is at a tap device's path, as far as it matters.</summary>
/// <param name="Device">Which device it opens; null for anything but a character device.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Mode">File type and permission bits, as st_mode.</param>
internal readonly record struct TapNodeStatus(DeviceNumber? Device, uint UserId, uint GroupId, int Mode)
{
    /// <summary>Takes it from statx(2).</summary>
    /// <param name="status">Of the path itself, no link followed.</param>
    internal static TapNodeStatus From(in FileStatus status) => new(
        status.IsCharacterDevice ? new DeviceNumber(status.NodeMajor, status.NodeMinor) : null,
        status.UserId,
        status.GroupId,
        status.Mode);

    /// <summary>What the node at a path is to a link.</summary>
    /// <param name="device">The link's tap device, as sysfs has it.</param>
    /// <param name="node">What is at the path; null for nothing.</param>
    /// <param name="mayAccess">Whether the caller may read and write the node. Asked only if it matters.</param>
    internal static TapDeviceState Judge(DeviceNumber device, TapNodeStatus? node, Func<bool> mayAccess) => node switch
    {
        null => TapDeviceState.Missing,
        { Device: null } => TapDeviceState.NotADevice,
        { Device: { } other } when other != device => TapDeviceState.Shadowed,
        _ => mayAccess() ? TapDeviceState.Ready : TapDeviceState.NoAccess,
    };

    /// <summary>Permission bits as ls(1) writes them, without the file type: "rw-r-----", "rwsr-xr-t".</summary>
    /// <param name="mode">st_mode; higher bits do not matter.</param>
    internal static string PermissionText(int mode) => string.Create(9, mode, static (text, bits) =>
    {
        for (int i = 0; i < 9; i++)
            text[i] = (bits >> (8 - i) & 1) != 0 ? "rwx"[i % 3] : '-';
        // set-user-id, set-group-id and sticky share the place of their execute bit.
        for (int who = 0; who < 3; who++)
        {
            if ((bits >> (11 - who) & 1) != 0)
                text[(who * 3) + 2] = (text[(who * 3) + 2], who) switch { ('x', 2) => 't', (_, 2) => 'T', ('x', _) => 's', _ => 'S' };
        }
    });
}
