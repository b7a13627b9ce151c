using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>A guest has the tap device open while the mode changes under it.</summary>
public sealed partial class LiveModeChangeTests
{
    private const int VnetHeaderLength = 10; // in front of each frame, until a program switches it off
    private const int LargestFrame = 2048;

    [Fact]
    public void A_guest_goes_on_sending_and_receiving_over_every_change_of_mode()
    {
        Requires.KernelDevices();
        using LinkBench bench = new();
        MacvlanLink link = bench.Create(w => w with { Mode = LinkMode.Private, InterfaceIndex = Lab.NewIndex(), Up = true });
        TapDevice device = new TapDeviceLocator().Locate(bench.Session, link);
        using SafeFileHandle guest = TapNode.OpenVerified(device, bench.Session.Sysfs);
        using PacketSocket wire = PacketSocket.Open(bench.Namespace, "p1");
        byte number = 0;
        foreach (LinkMode mode in new[] { LinkMode.Private, LinkMode.Vepa, LinkMode.Bridge, LinkMode.Source, LinkMode.Bridge, LinkMode.Vepa, LinkMode.Private })
        {
            string[]? sources = mode == LinkMode.Source ? ["02:00:00:00:00:99"] : null;
            Assert.Empty(bench.SetMode("m0", mode, sourceAddress: sources).Differences);

            byte sent = ++number;
            Write(guest, [.. new byte[VnetHeaderLength], .. TestFrames.Make("02:00:00:00:00:99", link.MacAddress!, sent)]);
            Assert.True(wire.Receive(f => TestFrames.Is(f, sent), LinkBench.Patience) is not null, $"In mode {mode} the guest's frame did not come out of the lower device.");
            byte received = ++number;
            wire.Send(TestFrames.Make(link.MacAddress!, "02:00:00:00:00:99", received));
            LinkBench.Eventually(() => Read(guest) is { } frame && TestFrames.Is(frame, received), $"in mode {mode} a frame for the guest");
        }
    }

    private static void Write(SafeFileHandle tap, byte[] frame) => Assert.Equal(frame.Length, NativeWrite(tap, frame, (nuint)frame.Length));

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint NativeWrite(SafeFileHandle file, byte[] bytes, nuint count);

    /// <summary>The next frame without its header, or null where none waits.</summary>
    private static byte[]? Read(SafeFileHandle tap)
    {
        byte[] buffer = new byte[LargestFrame];
        int count = Libc.Read(tap, buffer);
        return count <= VnetHeaderLength ? null : buffer[VnetHeaderLength..count];
    }
}
