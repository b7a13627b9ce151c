using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Taps;

/// <summary>Waits until a tap device's node is there, or can be opened by the caller. It looks again every few milliseconds: rules of udev announce nothing when they are done.</summary>
internal static class TapDeviceWaiter
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits.</summary>
    /// <param name="session">The session of the link's namespace.</param>
    /// <param name="link">The link.</param>
    /// <param name="path">Which node; null for the one that Get-TapDevice gives.</param>
    /// <param name="accessible">Whether the caller must be able to open it for reading and writing.</param>
    /// <param name="timeout">How long at most; zero for one look.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <param name="waiting">Called at each look that was in vain.</param>
    /// <exception cref="MacvtapException">
    /// <see cref="FailureId.TapDeviceTimeout"/>; <see cref="FailureId.TapDeviceShadowed"/> and <see cref="FailureId.TapDeviceMismatch"/>: waiting would not help;
    /// <see cref="FailureId.TapDeviceNotFound"/>: the link went.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static TapDevice Wait(LinkSession session, Link link, string? path, bool accessible, TimeSpan timeout, CancellationToken cancellation, Action? waiting = null)
    {
        TapDeviceLocator locator = new();
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TapDevice device = locator.Locate(session, link, path);
            switch (device.State)
            {
                case TapDeviceState.Ready:
                case TapDeviceState.NoAccess when !accessible:
                    return device;
                case TapDeviceState.Shadowed:
                    throw TapFailures.Shadowed(device, device.Node!.Value);
                case TapDeviceState.NotADevice:
                    throw TapFailures.NotADevice(device);
            }

            TimeSpan left = timeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) throw TooLate(device, timeout);
            cancellation.WaitHandle.WaitOne(left < Interval ? left : Interval);
            locator.Refresh();
            waiting?.Invoke();
        }
    }

    private static MacvtapException TooLate(TapDevice device, TimeSpan timeout)
    {
        string seconds = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return device.State == TapDeviceState.Missing
            ? new MacvtapException(
                FailureId.TapDeviceTimeout,
                $"The tap device of {TapFailures.Link(device)} had no node {device.Path} within {seconds} s.",
                $"The kernel makes nodes in its own /dev (devtmpfs) at once, and in no other: in a container, {device.Command("Repair-TapDevice")} makes one.",
                device)
            : new MacvtapException(
                FailureId.TapDeviceTimeout,
                $"{device.Path}, the tap device of {TapFailures.Link(device)}, could not be opened for reading and writing within {seconds} s.",
                $"The node belongs to {device.Owner}:{device.Group} ({device.Permission}). No rule of udev gave it to this user, or not in time: Grant-TapDevice does.",
                device);
    }
}
