using System.Diagnostics;
using System.Text.Json;
using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapEndpointTests
{
    private const int HeaderLength = 14;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TheoryData<int> FrameLengths => new(14, 15, 59, 60, 61, 128, 1513, 1514);

    [Theory]
    [MemberData(nameof(FrameLengths))]
    public void Two_endpoints_in_bridge_mode_exchange_whole_frames_without_a_header_before_them(int length)
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        foreach ((TapEndpoint from, TapEndpoint to) in new[] { (pair.First, pair.Second), (pair.Second, pair.First) })
        {
            byte[] frame = Frame(from, to, length);
            from.Send(frame);
            Assert.Equal(frame, Receive(to));
        }
    }

    [Fact]
    public void It_tells_the_links_address_now_and_the_device_that_was_opened()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        Assert.Equal(MacAddressOf(pair.Namespace, "mvt0"), pair.First.MacAddress);
        Assert.Equal($"/dev/tap{pair.First.InterfaceIndex}", pair.First.Device!.Path);
        Assert.False(pair.First.Descriptor.IsInvalid);

        Lab.Ip(pair.Namespace, "link set mvt0 address 02:00:00:00:00:aa");
        Assert.Equal("02:00:00:00:00:aa", pair.First.MacAddress);
        byte[] frame = Frame(pair.Second, pair.First, 60);
        pair.Second.Send(frame);
        Assert.Equal(frame, Receive(pair.First));
    }

    [Fact]
    public void It_lives_through_a_change_of_mode()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        byte[] frame = Frame(pair.First, pair.Second, 60);
        foreach (string mode in new[] { "vepa", "private", "bridge" })
        {
            Lab.Ip(pair.Namespace, $"link set mvt0 type macvtap mode {mode}");
            pair.First.Send(frame);
            Assert.Equal(mode == "bridge" ? frame : null, Next(pair.Second, mode == "bridge" ? Patience : TimeSpan.FromMilliseconds(200)));
        }
    }

    [Fact]
    public void A_sender_is_not_stopped_by_frames_that_nobody_reads()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        byte[] frame = Frame(pair.First, pair.Second, 1514);
        for (int sent = 0; sent < 2000; sent++) // with the default send buffer, 93 full frames
            pair.First.Send(frame);
        Assert.Equal(frame, Receive(pair.Second));
    }

    [Fact]
    public void Without_a_frame_the_wait_ends_in_time()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        long started = Stopwatch.GetTimestamp();
        Assert.False(pair.First.TryReceive(new byte[2000], TimeSpan.FromMilliseconds(120), out int length));
        Assert.Equal(0, length);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 119, 5000);
        Assert.False(pair.First.TryReceive(new byte[2000], TimeSpan.Zero, out _));
    }

    [Fact]
    public void A_frame_without_a_whole_Ethernet_header_is_refused()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => pair.First.Send(new byte[HeaderLength - 1])).Id);
    }

    [Fact]
    public void Once_the_link_is_deleted_everything_says_so()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        byte[] frame = Frame(pair.First, pair.Second, 60);
        Lab.Ip(pair.Namespace, "link delete mvt0");

        MacvtapException failure = Assert.Throws<MacvtapException>(() => pair.First.Send(frame));
        Assert.Equal(FailureId.TapDeviceNotFound, failure.Id);
        Assert.Same(pair.First.Device, failure.Target);
        Assert.Equal(Interop.Errno.ENOLINK, failure.Errno);
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => pair.First.TryReceive(new byte[2000], Patience, out _)).Id);
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => pair.First.MacAddress).Id);
    }

    [Fact]
    public void A_link_that_is_deleted_ends_a_wait_that_has_begun()
    {
        using Lab lab = new();
        using Pair pair = new(lab);
        long deleted = 0;
        Thread deleter = new(() =>
        {
            Thread.Sleep(200);
            Lab.Ip(pair.Namespace, "link delete v0");
            Volatile.Write(ref deleted, Stopwatch.GetTimestamp());
        });
        deleter.Start();
        MacvtapException failure = Assert.Throws<MacvtapException>(() => pair.First.TryReceive(new byte[2000], TimeSpan.FromSeconds(30), out _));
        long noticed = Stopwatch.GetTimestamp();
        deleter.Join();
        Assert.Equal(FailureId.TapDeviceNotFound, failure.Id);
        Assert.True(Stopwatch.GetElapsedTime(Volatile.Read(ref deleted), noticed) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_node_of_another_links_device_is_never_opened()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string first = lab.NewNamespaceWithMacvtap("mvt0", index);
        string second = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice ready = TapDeviceLocatorTests.Locate(first, "mvt0", index, out NamespaceSysfs firstSysfs);
        firstSysfs.Dispose();
        TapDevice shadowed = TapDeviceLocatorTests.Locate(second, "mvt0", index, out NamespaceSysfs secondSysfs);
        secondSysfs.Dispose();

        using TapEndpoint endpoint = TapEndpoint.Open(ready);
        Assert.Equal(FailureId.TapDeviceShadowed, Assert.Throws<MacvtapException>(() => TapEndpoint.Open(shadowed)).Id);
        Assert.Equal(MacAddressOf(first, "mvt0"), endpoint.MacAddress);
    }

    private static byte[] Frame(TapEndpoint from, TapEndpoint to, int length)
    {
        byte[] frame = new byte[length];
        Random.Shared.NextBytes(frame.AsSpan(HeaderLength));
        Convert.FromHexString(to.MacAddress.Replace(":", "", StringComparison.Ordinal)).CopyTo(frame, 0);
        Convert.FromHexString(from.MacAddress.Replace(":", "", StringComparison.Ordinal)).CopyTo(frame, 6);
        frame[12] = 0x88; // IEEE 802 local experimental
        frame[13] = 0xB5;
        return frame;
    }

    private static byte[] Receive(TapEndpoint endpoint) => Next(endpoint, Patience) ?? throw new TimeoutException("No frame came.");

    /// <summary>The next frame of ours, or null: the kernel's own (IPv6) are passed over.</summary>
    private static byte[]? Next(TapEndpoint endpoint, TimeSpan patience)
    {
        byte[] buffer = new byte[70000];
        long started = Stopwatch.GetTimestamp();
        while (endpoint.TryReceive(buffer, patience - Stopwatch.GetElapsedTime(started), out int length))
        {
            if (buffer[12] == 0x88 && buffer[13] == 0xB5)
                return buffer[..length];
        }

        return null;
    }

    private static string MacAddressOf(string networkNamespace, string link)
    {
        JsonElement found = Lab.IpJson(networkNamespace, $"link show {link}");
        return found[0].GetProperty("address").GetString()!;
    }

    /// <summary>Two macvtaps in bridge mode on one end of a veth pair, open.</summary>
    private sealed class Pair : IDisposable
    {
        internal Pair(Lab lab)
        {
            Requires.KernelDevices();
            int index = Lab.NewIndex();
            Namespace = lab.NewNamespaceWithMacvtap("mvt0", index);
            int other = Lab.NewIndex();
            Lab.AddMacvtap(Namespace, "mvt1", "v0", other);
            First = Open("mvt0", index);
            Second = Open("mvt1", other);
        }

        internal string Namespace { get; }

        internal TapEndpoint First { get; }

        internal TapEndpoint Second { get; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }

        private TapEndpoint Open(string name, int index)
        {
            TapDevice device = TapDeviceLocatorTests.Locate(Namespace, name, index, out NamespaceSysfs sysfs);
            sysfs.Dispose();
            return TapEndpoint.Open(device);
        }
    }
}
