using System.Diagnostics;
using MacvtapTools.Links;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapDescriptorTests
{
    [Fact]
    public void Queues_are_counted_without_copies_and_each_descriptor_is_described()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        TapDevice device = pair.LocateFirst();
        using SafeFileHandle queue = TapNode.OpenVerified(device);
        using SafeFileHandle second = TapNode.OpenVerified(device);
        using SafeFileHandle copy = new(LabNative.Duplicate(queue.DangerousGetHandle()), ownsHandle: true);

        TapHolder holder = Assert.Single(device.With(TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device }), withQueues: true).Holder!);

        Assert.Equal((3, 2, true), (holder.DescriptorCount, holder.QueueCount, holder.IsVerified));
        Assert.All(holder.Queue!, q => Assert.Equal((0x5002, 10, true, false), (q.Flags, q.VnetHeaderSize, q.VnetHeader, q.PacketInformation)));
        Assert.Contains(holder.Queue!, q => q.Descriptor == (int)queue.DangerousGetHandle());
    }

    [Fact]
    public void A_classic_tap_has_the_holders_of_its_own_namespace_only()
    {
        using Lab lab = new();
        if (!File.Exists("/dev/net/tun")) Assert.Skip("There is no /dev/net/tun here, so no classic tap can be made.");
        string[] names = [lab.NewNamespace(), lab.NewNamespace()];
        foreach (string name in names) Lab.Ip(name, "tuntap add tap0 mode tap");
        using LinkSession first = LinkSession.Open(names[0]);
        using LinkSession second = LinkSession.Open(names[1]);
        TapDevice held = new TapDeviceLocator().Locate(first, first.Reader.Find("tap0")!);
        TapDevice free = new TapDeviceLocator().Locate(second, second.Reader.Find("tap0")!);
        Assert.Equal(("/dev/net/tun", TapDeviceKind.Tap, TapDeviceState.Ready, 10, 200), (held.Path, held.Kind, held.State, held.Major, held.Minor));
        using Process holder = HoldClassic(names[0], "tap0");
        try
        {
            TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { held.Device });

            TapHolder found = Assert.Single(held.With(scan, withQueues: true).Holder!);
            Assert.Equal((holder.Id, true, 1), (found.ProcessId, found.IsVerified, found.QueueCount));
            Assert.Equal(0x1802, Assert.Single(found.Queue!).Flags); // IFF_TAP, IFF_NO_PI, and IFF_PERSIST, which is the link's
            Assert.Empty(free.With(scan).Holder!);

            // Who may not ask the descriptor has its name from fdinfo, and that could be either link's.
            TapHolderScan blind = new(scan.Descriptors.Select(d => new TapDescriptor(d.ProcessId, d.Number, d.Device) { LinkName = d.LinkName }), new Dictionary<int, string>(), true);
            Assert.False(Assert.Single(held.With(blind).Holder!).IsVerified);
            Assert.False(Assert.Single(free.With(blind).Holder!).IsVerified);
        }
        finally
        {
            holder.StandardInput.Close();
            holder.WaitForExit();
        }
    }

    [Fact]
    public void A_descriptor_whose_link_is_gone_is_found_and_is_no_holder_of_the_next_link_with_its_number()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        TapDevice device = pair.LocateFirst();
        using SafeFileHandle queue = TapNode.OpenVerified(device);
        IReadOnlySet<uint> drivers = OrphanedDescriptors.Drivers();
        Assert.Contains((uint)device.Major, drivers);
        Assert.DoesNotContain(Orphans(), d => d.Device == device.Device);

        Lab.Ip(pair.First.Reader.NetworkNamespace!, "link delete mvt0");

        TapDevice gone = Assert.Single(Orphans(), d => d.Path == pair.KernelPath);
        Assert.Equal((TapDeviceState.Gone, pair.Index, string.Empty, device.Minor), (gone.State, gone.InterfaceIndex, gone.Name, gone.Minor));
        Assert.Equal(Environment.ProcessId, Assert.Single(gone.Holder!).ProcessId);
        Assert.Empty(TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device }).HoldersOf(device.Device));

        TapDevice[] Orphans() => [.. OrphanedDescriptors.Find(TapHolderScanner.Scan(new HashSet<DeviceNumber>(), drivers, CancellationToken.None), drivers, pair.Second.Sysfs)];
    }

    /// <summary>A program that attaches to a classic tap until its input ends.</summary>
    private static Process HoldClassic(string networkNamespace, string link)
    {
        Requires.Program("python3");
        const string Script = "import fcntl,os,sys\nf=os.open('/dev/net/tun',os.O_RDWR)\nfcntl.ioctl(f,0x400454ca,sys.argv[1].encode().ljust(16,b'\\0')+b'\\x02\\x10'+bytes(22))\nprint('held',flush=True)\nsys.stdin.read()";
        Process process = Programs.Start("ip", ["netns", "exec", networkNamespace, "python3", "-c", Script, link]);
        Assert.Equal("held", process.StandardOutput.ReadLine());
        return process;
    }
}
