using System.Text;
using System.Text.Json;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Classic tun and tap links as the library makes them, beside those that <c>ip tuntap</c> makes.</summary>
public sealed class TapCreatorTests
{
    private const nuint TUNSETQUEUE = 0x400454d9;
    private const ushort IFF_DETACH_QUEUE = 0x0400;

    [Theory]
    [InlineData("mode tap", TapMode.Tap, null, null, false, false, false)]
    [InlineData("mode tun", TapMode.Tun, null, null, false, false, false)]
    [InlineData("mode tap user 54321 group 54322", TapMode.Tap, 54321u, 54322u, false, false, false)]
    [InlineData("mode tap user 0 group 0", TapMode.Tap, 0u, 0u, false, false, false)]
    [InlineData("mode tap multi_queue vnet_hdr pi", TapMode.Tap, null, null, true, true, true)]
    [InlineData("mode tun vnet_hdr", TapMode.Tun, null, null, false, true, false)]
    [InlineData("mode tun multi_queue pi user 1", TapMode.Tun, 1u, null, true, false, true)]
    public void A_link_is_the_twin_of_that_which_ip_makes(string command, TapMode mode, uint? owner, uint? group, bool multiQueue, bool vnetHeader, bool packetInformation)
    {
        using LinkBench bench = new();
        bench.Ip($"tuntap add theirs {command}");
        TapLink ours = Create(bench, new TapSpecification
        {
            Name = "ours", Mode = mode, Owner = owner, Group = group, MultiQueue = multiQueue, VnetHeader = vnetHeader, PacketInformation = packetInformation,
        });

        // A program that another test is starting can have a copy of the descriptor until it is itself.
        LinkBench.Eventually(() => (ours = (TapLink)bench.Session.Reader.Find("ours")!).Queues is null or 0, "nobody has its queue");
        Assert.Equal(Facts(bench, "theirs").GetProperty("linkinfo").GetRawText(), Facts(bench, "ours").GetProperty("linkinfo").GetRawText());
        Assert.Equal(Flags(bench, "theirs"), Flags(bench, "ours"));
        Assert.Empty(IpFacts.Compare(ours, Facts(bench, "ours"), bench.Session));
        string[] told = [.. Lab.IpJson(bench.Namespace, "tuntap show").EnumerateArray().Select(l => WithoutName(l))];
        Assert.Equal(2, told.Length);
        Assert.Equal(told[0], told[1]);
        Assert.True(ours.Persistent);
    }

    [Fact]
    public void Everything_at_once_is_there()
    {
        using LinkBench bench = new();
        int index = Lab.NewIndex();
        TapLink link = Create(bench, new TapSpecification { Name = "t0", InterfaceIndex = index, MacAddress = "5254.0012.3456", Mtu = 9000, Alias = "all of it", Owner = 0, Group = 54322, Up = true });
        foreach (TapLink seen in new[] { link, (TapLink)bench["t0"] })
        {
            Assert.Equal((index, "52:54:00:12:34:56", 9000, "all of it"), (seen.InterfaceIndex, seen.MacAddress, seen.Mtu, seen.Alias));
            Assert.Equal(("root", 0L, "54322", 54322L), (seen.Owner, seen.OwnerId, seen.OwnerGroup, seen.GroupId));
            Assert.Equal((AdministrativeStatus.Up, LinkStatus.NoCarrier), (seen.AdministrativeStatus, seen.Status));
        }

        bench.Session.Remover.Remove(link);
        Assert.Null(bench.Session.Reader.Find("t0"));
    }

    [Fact]
    public void The_kernel_picks_a_name_where_none_is_given()
    {
        using LinkBench bench = new();
        Assert.Equal("tap0", Create(bench, new TapSpecification()).Name);
        Assert.Equal("tap1", Create(bench, new TapSpecification()).Name);
        Assert.Equal("tun0", Create(bench, new TapSpecification { Mode = TapMode.Tun }).Name);
        Assert.Equal("x0", Create(bench, new TapSpecification { Name = "x%d" }).Name);
    }

    [Fact]
    public void Queues_come_with_those_who_open_them()
    {
        using LinkBench bench = new();
        Create(bench, new TapSpecification { Name = "t0", MultiQueue = true, VnetHeader = true });
        SafeFileHandle[] queues = [.. Enumerable.Range(0, 4).Select(_ => Attach(bench, "t0"))];
        try
        {
            Same(4, 0);
            Queue(queues[1], IFF_DETACH_QUEUE);
            Queue(queues[2], IFF_DETACH_QUEUE);
            Same(2, 2);
        }
        finally
        {
            foreach (SafeFileHandle queue in queues) queue.Dispose();
        }

        Same(0, 0);

        void Same(int attached, int detached)
        {
            // Not at once: a process that another test starts has copies of the descriptors until it runs its program.
            LinkBench.Eventually(() => bench["t0"] is TapLink link && (link.Queues, link.DisabledQueues) == (attached, detached), $"{attached} queues attached, {detached} detached");
            LinkBench.Eventually(() => IpFacts.Compare(bench["t0"], Facts(bench, "t0"), bench.Session).Count == 0, "ip says the same");
        }
    }

    [Theory]
    [InlineData("p0", null, "p0 exists already")]
    [InlineData("there", null, "there exists already")]
    [InlineData("new", 1, "the interface index 1 belongs to lo")]
    public void What_is_taken_is_refused(string name, int? index, string why)
    {
        using LinkBench bench = new();
        bench.Ip("tuntap add there mode tap");
        Assert.Contains(why, Refused(bench, FailureId.LinkExists, new TapSpecification { Name = name, InterfaceIndex = index }).Message);
    }

    [Fact]
    public void What_cannot_be_finished_does_not_stand()
    {
        using LinkBench bench = new();
        var wanted = new TapSpecification { Name = "t0", MacAddress = "02:00:00:00:00:07", Alias = "x", Owner = 5, Up = true };
        Refused(bench, FailureId.MtuOutOfRange, wanted with { Mtu = 67 });
        Refused(bench, FailureId.MtuOutOfRange, wanted with { Mtu = 65522 });
        Refused(bench, FailureId.ParameterInvalid, wanted with { Alias = new string('x', 256) });
        Refused(bench, FailureId.ParameterInvalid, wanted with { Owner = uint.MaxValue });
        Refused(bench, FailureId.ParameterInvalid, wanted with { Group = uint.MaxValue });
        Refused(bench, FailureId.ParameterInvalid, wanted with { InterfaceIndex = 0 });
        Refused(bench, FailureId.ParameterInvalid, wanted with { Mode = TapMode.Tun });
        Refused(bench, FailureId.ParameterInvalid, wanted with { Mode = (TapMode)3 });
        Refused(bench, FailureId.MacAddressInvalid, wanted with { MacAddress = "01:00:00:00:00:07" });
        Refused(bench, FailureId.LinkNameInvalid, wanted with { Name = "a/b" });
    }

    [Fact]
    public void Without_the_capability_it_is_denied()
    {
        using LinkBench bench = new();
        WithoutCapability.Run(() =>
        {
            using LinkSession session = LinkSession.Open(bench.Namespace);
            var wanted = new TapSpecification { Name = "t0" };
            KernelException failure = Assert.ThrowsAny<KernelException>(() => session.TapCreator.Create(wanted, out _));
            MacvtapException explained = TapCreationCauses.Explain(failure, wanted, session.Reader);
            Assert.Equal(FailureId.AccessDenied, explained.Id);
            Assert.Contains("CAP_NET_ADMIN", explained.Message);
        });
        Assert.Null(bench.Session.Reader.Find("t0"));
    }

    [Theory]
    [InlineData(Errno.ENOENT)]
    [InlineData(Errno.ENODEV)]
    [InlineData(Errno.ENXIO)]
    public void A_host_without_the_driver_is_told_what_to_load(Errno errno)
    {
        using LinkBench bench = new();
        MacvtapException failure = TapCreationCauses.Explain(new KernelException(errno, "open /dev/net/tun"), new TapSpecification { Name = "t0" }, bench.Session.Reader);
        Assert.Equal(FailureId.KindNotSupported, failure.Id);
        Assert.Contains("modprobe tun", failure.Advice);
    }

    private static TapLink Create(LinkBench bench, TapSpecification wanted)
    {
        Link? made = bench.Session.TapCreator.Create(wanted, out LinkEditFailure? failed);
        Assert.Null(failed);
        return Assert.IsType<TapLink>(made);
    }

    private static MacvtapException Refused(LinkBench bench, FailureId id, TapSpecification wanted)
    {
        string[] before = bench.Names();
        MacvtapException failure = Assert.Throws<MacvtapException>(() => Try(bench, wanted));
        Assert.True(failure.Id == id, $"{id} was expected, and it is {failure.Id}: {failure.Message} {failure.InnerException?.Message}");
        Assert.Equal(before, bench.Names());
        return failure;
    }

    private static void Try(LinkBench bench, TapSpecification wanted)
    {
        try
        {
            bench.Session.TapCreator.Create(wanted, out LinkEditFailure? failed);
            if (failed is not null) throw TapCreationCauses.Explain(failed, wanted, bench.Session.Reader);
        }
        catch (KernelException refusal)
        {
            throw TapCreationCauses.Explain(refusal, wanted, bench.Session.Reader);
        }
    }

    private static unsafe SafeFileHandle Attach(LinkBench bench, string name)
    {
        SafeFileHandle file = NamespaceRunner.Run(bench.Session.Namespace, static () => Libc.Open("/dev/net/tun", Libc.O_RDWR | Libc.O_NONBLOCK))!;
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes);
        BitConverter.TryWriteBytes(bytes[Libc.InterfaceRequestValue..], (ushort)(Libc.IFF_TAP | Libc.IFF_NO_PI | Libc.IFF_MULTI_QUEUE | Libc.IFF_VNET_HDR));
        Assert.Equal(0, Libc.Control(file, Libc.TUNSETIFF, (nint)request));
        return file;
    }

    private static unsafe void Queue(SafeFileHandle file, ushort flags)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        BitConverter.TryWriteBytes(bytes[Libc.InterfaceRequestValue..], flags);
        Assert.Equal(0, Libc.Control(file, TUNSETQUEUE, (nint)request));
    }

    private static JsonElement Facts(LinkBench bench, string name) => IpFacts.ReadAll(bench.Namespace).Single(l => l.GetProperty("ifname").GetString() == name);

    private static string Flags(LinkBench bench, string name) => Facts(bench, name).GetProperty("flags").GetRawText();

    private static string WithoutName(JsonElement link) => string.Join(';', link.EnumerateObject().Where(p => p.Name is not ("ifname" or "processes")).Select(p => $"{p.Name}={p.Value.GetRawText()}"));
}
