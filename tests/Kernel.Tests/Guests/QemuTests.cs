using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Guests;

/// <summary>A real QEMU, which boots nothing.</summary>
[Collection("Guest programs")]
public sealed class QemuTests : IDisposable
{
    private const string Qemu = "qemu-system-x86_64";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lab _lab;
    private readonly string _directory;
    private readonly string _namespace;
    private readonly TapDevice _device;
    private TapProcess? _process;

    public QemuTests()
    {
        Requires.Program(Qemu);
        _lab = new Lab();
        _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;
        _namespace = _lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using MacvtapTools.Links.LinkSession session = MacvtapTools.Links.LinkSession.Open(_namespace);
        _device = new MacvtapTools.Taps.TapDeviceLocator().Locate(session, session.Reader.Find("mvt0")!);
    }

    private string Socket => Path.Combine(_directory, "qmp");

    public void Dispose()
    {
        _process?.Stop(TimeSpan.Zero);
        _lab.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("virtio-net-pci", 1, true)]
    [InlineData("virtio-net-pci", 4, true)]
    [InlineData("virtio-net-pci", 1, false)]
    [InlineData("e1000e", 1, true)]
    [InlineData("rtl8139", 1, false)]
    public void It_takes_the_arguments_and_the_device_with_and_without_a_vnet_header(string model, int queues, bool vnetHeader)
    {
        Start(queues, vnetHeader, QemuArguments.For(Card("mvt0", queues, queues == 1 ? "{fd}" : "{fds}") with { Model = model }));
        using QmpConnection connection = Connect();
        QemuNetworkDevice device = Assert.Single(new QemuNetworkClient(connection).List());
        Assert.Equal(("mvt0", model, "hostmvt0"), (device.Id, device.Model, device.Backend));
        Assert.Equal(queues, Holder(_process!.Id));
    }

    [Fact]
    public void An_argument_that_it_refuses_is_told_in_its_words()
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => Start(1, true, ["-netdev", "tap,fd={fd},id=n0,nonsense=1"]));
        Assert.Equal(FailureId.ProgramFailed, failure.Id);
        Assert.Contains("nonsense", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Holder(null));
    }

    [Fact]
    public void A_card_is_plugged_in_and_out()
    {
        using QmpConnection connection = ConnectWithUsbCard(out int before);
        QemuNetworkClient client = new(connection);
        Assert.Equal(before + 1, Holder(_process!.Id));
        Assert.Equal("u0", Assert.Single(client.List()).Id);
        // A USB card needs no guest to agree.
        client.Remove("u0", Patience);
        Assert.Empty(client.List());
        Assert.Equal(before, Holder(_process!.Id));
    }

    [Fact]
    public void The_backend_of_a_card_that_went_late_is_removed()
    {
        using QmpConnection connection = ConnectWithUsbCard(out int before);
        QemuNetworkClient client = new(connection);

        // As where the guest agrees when nobody waits any more.
        connection.Execute("device_del", new System.Text.Json.Nodes.JsonObject { ["id"] = "u0" });
        Assert.NotNull(connection.Await((name, _) => name == "DEVICE_DELETED", Patience));
        Assert.Equal(before + 1, Holder(_process!.Id));
        client.CheckRemove("u0");
        client.Remove("u0", Patience);
        Assert.Equal(before, Holder(_process!.Id));
        Assert.Equal(FailureId.QemuDeviceNotFound, Assert.Throws<MacvtapException>(() => client.CheckRemove("u0")).Id);
        Assert.Equal(FailureId.QemuDeviceNotFound, Assert.Throws<MacvtapException>(() => client.Remove("u0", Patience)).Id);
    }

    [Fact]
    public void A_card_with_two_queues_is_plugged_into_a_root_port_and_stays_when_no_guest_agrees()
    {
        Start(1, true, ["-device", "pcie-root-port,id=rp0"]);
        using QmpConnection connection = Connect();
        QemuNetworkClient client = new(connection);
        QemuCard card = Card("c0", 2, null) with { DeviceOptions = new Dictionary<string, object> { ["bus"] = "rp0" } };
        using (GuestTap tap = Open(2))
        {
            client.Add(card, tap.Queues);
            MacvtapException twice = Assert.Throws<MacvtapException>(() => client.Add(card, tap.Queues));
            Assert.Equal(FailureId.QemuDeviceExists, twice.Id);
        }

        Assert.Equal(3, Holder(_process!.Id));
        MacvtapException failure = Assert.Throws<MacvtapException>(() => client.Remove("c0", TimeSpan.FromMilliseconds(200)));
        Assert.Equal(FailureId.QemuTimeout, failure.Id);
        Assert.Equal("hostc0", Assert.Single(client.List()).Backend);
    }

    [Fact]
    public void What_it_refuses_leaves_nothing_open_in_it()
    {
        Start(1, true, []);
        using QmpConnection connection = Connect();
        int before = Holder(_process!.Id);
        using (GuestTap tap = Open(2))
        {
            MacvtapException failure = Assert.Throws<MacvtapException>(() => new QemuNetworkClient(connection).Add(Card("c0", 2, null), tap.Queues));
            Assert.Contains("hotplugging", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Holder(_process!.Id));
    }

    [Fact]
    public void One_that_is_stopped_is_a_timeout_and_one_that_was_killed_is_not_there()
    {
        Start(1, true, []);
        Connect().Dispose();
        Programs.Run("kill", "-STOP", $"{_process!.Id}");
        Assert.Equal(FailureId.QemuTimeout, Assert.Throws<MacvtapException>(() => QmpConnection.Open(Socket, TimeSpan.FromMilliseconds(100), CancellationToken.None)).Id);
        Programs.Run("kill", "-CONT", $"{_process.Id}");
        using QmpConnection connection = Connect();
        _process.Stop(TimeSpan.Zero);
        Assert.Equal(FailureId.QemuNotReachable, Assert.Throws<MacvtapException>(() => connection.Execute("query-status")).Id);
    }

    private static QemuCard Card(string id, int queues, string? descriptors) => new() { Id = id, LinkName = "mvt0", MacAddress = "52:54:00:12:34:56", QueueCount = queues, Descriptors = descriptors };

    private GuestTap Open(int queues, bool vnetHeader = true) => GuestTap.Owning(TapEndpoint.Open(_device, new TapEndpointOptions { QueueCount = queues, VnetHeader = vnetHeader }));

    /// <summary>A machine into which a USB card is plugged while it runs.</summary>
    /// <param name="before">How many queues it had before.</param>
    private QmpConnection ConnectWithUsbCard(out int before)
    {
        Start(1, true, ["-device", "qemu-xhci"]);
        before = Holder(_process!.Id);
        QmpConnection connection = Connect();
        using GuestTap tap = Open(1);
        new QemuNetworkClient(connection).Add(Card("u0", 1, null) with { Model = "usb-net" }, tap.Queues);
        return connection;
    }

    private QmpConnection Connect()
    {
        // Until it listens: the file is there a moment before.
        for (Stopwatch watch = Stopwatch.StartNew(); ; Thread.Yield())
        {
            try
            {
                if (File.Exists(Socket)) return QmpConnection.Open(Socket, Patience, CancellationToken.None);
            }
            catch (MacvtapException failure) when (failure.Id == FailureId.QemuNotReachable)
            {
            }

            Assert.True(watch.Elapsed < Patience && !_process!.HasExited, "QEMU has no socket.");
        }
    }

    private int Holder(int? processId)
    {
        TapHolder[] holders = [.. MacvtapTools.Taps.TapHolderScanner.Scan(new HashSet<MacvtapTools.Taps.DeviceNumber> { _device.Device }, CancellationToken.None).HoldersOf(_device.Device)];
        return holders.Where(h => processId is null || h.ProcessId == processId).Sum(h => h.DescriptorCount);
    }

    private void Start(int queues, bool vnetHeader, string[] arguments)
    {
        using GuestTap tap = Open(queues, vnetHeader);
        _process = ProgramStarter.Start(
            new ProgramStart
            {
                Program = Qemu,
                Arguments = ["-S", "-machine", "q35", "-nodefaults", "-display", "none", "-qmp", $"unix:{Socket},server=on,wait=off", .. arguments],
                WorkingDirectory = _directory,
                Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
                StartupTime = arguments.Any(a => a.Contains("nonsense", StringComparison.Ordinal)) ? Patience : TimeSpan.Zero,
            },
            [tap],
            CancellationToken.None);
    }
}
