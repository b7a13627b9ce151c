using System.Text.Json;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

public sealed class QemuNetworkClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(50);
    private static readonly QemuCard Card = new() { Id = "c0", LinkName = "mvt0", MacAddress = "52:54:00:00:00:01", QueueCount = 2, DeviceOptions = new Dictionary<string, object> { ["bus"] = "rp0", ["rombar"] = 0L } };

    private readonly SafeFileHandle[] _queues = [File.OpenHandle("/dev/null"), File.OpenHandle("/dev/null")];

    public void Dispose()
    {
        foreach (SafeFileHandle queue in _queues)
            queue.Dispose();
    }

    [Fact]
    public void A_card_is_added_in_this_order_with_values_of_the_right_type()
    {
        using FakeQemu qemu = new((_, _) => [FakeQemu.Event("NIC_RX_FILTER_CHANGED", "{}"), .. FakeQemu.Done()]);
        QemuNetworkDevice device = With(qemu, client => client.Add(Card with { Vhost = true }, _queues));
        Assert.Equal(("c0", "hostc0", "virtio-net-pci"), (device.Id, device.Backend, device.Model));
        Assert.Equal(
            [
                """getfd {"fdname":"hostc0-0"}""",
                """getfd {"fdname":"hostc0-1"}""",
                """netdev_add {"type":"tap","id":"hostc0","fds":"hostc0-0:hostc0-1","vhost":true}""",
                """device_add {"driver":"virtio-net-pci","id":"c0","netdev":"hostc0","mac":"52:54:00:00:00:01","mq":true,"vectors":6,"bus":"rp0","rombar":0}""",
            ],
            qemu.Received.Select(Plain));
    }

    [Theory]
    [InlineData("getfd", 1, new string[0])]
    [InlineData("getfd", 2, new[] { "closefd hostc0-0" })]
    [InlineData("netdev_add", 1, new[] { "closefd hostc0-1", "closefd hostc0-0" })]
    [InlineData("device_add", 1, new[] { "netdev_del hostc0" })]
    public void What_was_done_before_a_refusal_is_taken_back(string refused, int time, string[] takenBack)
    {
        int times = 0;
        using FakeQemu qemu = new((command, _) => command == refused && ++times == time ? FakeQemu.Refused("No way") : FakeQemu.Done());
        MacvtapException failure = Fails(qemu, client => client.Add(Card, _queues));
        Assert.Equal(FailureId.QemuRefused, failure.Id);
        Assert.Contains("No way", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Still there", failure.Message, StringComparison.Ordinal);
        Assert.Equal(takenBack, qemu.Received.Where(r => r.StartsWith("closefd", StringComparison.Ordinal) || r.StartsWith("netdev_del", StringComparison.Ordinal)).Select(Plain).Select(Short));
    }

    [Fact]
    public void A_descriptor_that_the_refused_command_took_is_not_said_to_stand()
    {
        using FakeQemu qemu = new((command, _) => command switch
        {
            "netdev_add" => FakeQemu.Refused("No way"),
            "closefd" => FakeQemu.Refused("File descriptor named 'hostc0-0' has not been found"),
            _ => FakeQemu.Done(),
        });
        Assert.DoesNotContain("Still there", Fails(qemu, client => client.Add(Card, _queues)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_taken_back_is_named()
    {
        using FakeQemu qemu = new((command, _) => command is "device_add" or "netdev_del" ? FakeQemu.Refused($"No {command}") : FakeQemu.Done());
        string message = Fails(qemu, client => client.Add(Card, _queues)).Message;
        Assert.Contains("No device_add", message, StringComparison.Ordinal);
        Assert.Contains("Still there, because it could not be taken back: the backend 'hostc0'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_QEMU_that_ends_in_the_middle_keeps_nothing()
    {
        using FakeQemu qemu = new((command, _) => command == "netdev_add" ? [FakeQemu.Close] : FakeQemu.Done());
        MacvtapException failure = Fails(qemu, client => client.Add(Card, _queues));
        Assert.Equal(FailureId.QemuNotReachable, failure.Id);
        Assert.DoesNotContain("Still there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_QEMU_that_hangs_in_the_middle_is_a_timeout_that_says_what_may_stand()
    {
        using FakeQemu qemu = new((command, _) => command is "getfd" or "netdev_add" ? FakeQemu.Done() : []);
        MacvtapException failure = Fails(qemu, client => client.Add(Card, _queues), Little);
        Assert.Equal(FailureId.QemuTimeout, failure.Id);
        Assert.Contains("the card 'c0', the backend 'hostc0'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("getfd", new[] { "closefd hostc0-0" })]
    [InlineData("netdev_add", new[] { "netdev_del hostc0", "closefd hostc0-1", "closefd hostc0-0" })]
    [InlineData("device_add", new[] { "device_del c0", "netdev_del hostc0" })]
    public async Task What_got_no_answer_is_taken_back_too_and_nothing_is_waited_for(string hanging, string[] takenBack)
    {
        using FakeQemu qemu = new((command, _) => command == hanging || command is "closefd" or "netdev_del" or "device_del" ? [] : FakeQemu.Done());
        Assert.Equal(FailureId.QemuTimeout, Fails(qemu, client => client.Add(Card, _queues), Little).Id);
        await qemu.Await(takenBack[^1].Split(' ')[0]);
        await qemu.AwaitEnd();
        int place = Array.FindIndex(qemu.Received, r => r.StartsWith(hanging, StringComparison.Ordinal));
        Assert.Equal(takenBack, qemu.Received[(place + 1)..].Select(Plain).Select(Short));
    }

    [Fact]
    public void Each_attempt_gives_its_descriptors_names_of_their_own()
    {
        using FakeQemu one = new((_, _) => FakeQemu.Done());
        using FakeQemu other = new((_, _) => FakeQemu.Done());
        With(one, client => client.Add(Card, _queues));
        With(other, client => client.Add(Card, _queues));
        Assert.NotEqual(one.Received[0], other.Received[0]);
    }

    [Fact]
    public void The_backend_that_a_card_left_behind_is_removed()
    {
        using FakeQemu qemu = new((command, _) => command switch
        {
            "qom-get" => FakeQemu.Refused("Device '/machine/peripheral/c0' not found", "DeviceNotFound"),
            "qom-list" => FakeQemu.Done("[]"),
            "human-monitor-command" => FakeQemu.Done("\"hub 0\\r\\nhostc0: index=0,type=tap,fd=9\\r\\n\""),
            _ => FakeQemu.Done(),
        });
        With(qemu, client =>
        {
            client.CheckRemove("c0");
            client.Remove("c0", Patience);
            return true;
        });
        Assert.Equal("netdev_del hostc0", Short(qemu.Received[^1]));
    }

    [Fact]
    public void A_backend_that_another_card_has_is_left_alone()
    {
        using FakeQemu qemu = new(static (command, arguments) => (command, Text(arguments, "path")) switch
        {
            ("qom-get", "/machine/peripheral/c0") => FakeQemu.Refused("Device '/machine/peripheral/c0' not found", "DeviceNotFound"),
            ("qom-get", _) => FakeQemu.Done("\"hostc0\""),
            ("qom-list", "/machine/peripheral") => FakeQemu.Done("""[{"name": "other", "type": "child<virtio-net-pci>"}]"""),
            ("qom-list", _) => FakeQemu.Done("[]"),
            ("human-monitor-command", _) => FakeQemu.Done("\"hostc0: index=0,type=tap,fd=9\\r\\n\""),
            _ => FakeQemu.Done(),
        });
        With(qemu, client =>
        {
            Assert.Equal(FailureId.QemuDeviceNotFound, Assert.Throws<MacvtapException>(() => client.CheckRemove("c0")).Id);
            Assert.Equal(FailureId.QemuDeviceNotFound, Assert.Throws<MacvtapException>(() => client.Remove("c0", Patience)).Id);
            return true;
        });
        Assert.DoesNotContain(qemu.Received, r => r.StartsWith("netdev_del", StringComparison.Ordinal));

        static string? Text(JsonElement arguments, string name) => arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
    }

    [Fact]
    public async Task A_stop_takes_back_without_waiting()
    {
        using FakeQemu qemu = new((command, _) => command == "device_add" ? [] : FakeQemu.Done());
        using CancellationTokenSource stop = new();
        Task adding = Task.Run(() =>
        {
            using QmpConnection connection = QmpConnection.Open(qemu.Path, TimeSpan.FromHours(1), stop.Token);
            new QemuNetworkClient(connection).Add(Card, _queues);
        });
        await qemu.Await("device_add");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding.WaitAsync(Patience));
        await qemu.Await("netdev_del");
    }

    [Theory]
    [InlineData("Duplicate ID 'hostc0'", FailureId.QemuDeviceExists, "-Id")]
    [InlineData("Bus 'pcie.0' does not support hotplugging", FailureId.QemuRefused, "pcie-root-port")]
    [InlineData("'foo' is not a valid device model name", FailureId.QemuRefused, "-device help")]
    public void Known_words_get_an_advice(string words, FailureId id, string advice)
    {
        using FakeQemu qemu = new((command, _) => command == "device_add" ? FakeQemu.Refused(words) : FakeQemu.Done());
        MacvtapException failure = Fails(qemu, client => client.Add(Card, _queues));
        Assert.Equal(id, failure.Id);
        Assert.Contains(advice, failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_is_removed_and_then_its_backend_when_the_guest_has_given_it_back()
    {
        using FakeQemu qemu = new((command, arguments) => command switch
        {
            "qom-get" => FakeQemu.Done("\"b7\""),
            "device_del" => [FakeQemu.Event("DEVICE_DELETED", """{"path": "/machine/peripheral/c0/virtio-backend"}"""), .. FakeQemu.Done(), FakeQemu.Event("DEVICE_DELETED", """{"device": "other", "path": "/machine/peripheral/other"}"""), FakeQemu.Event("DEVICE_DELETED", """{"device": "c0", "path": "/machine/peripheral/c0"}""")],
            _ => FakeQemu.Done(),
        });
        Run(qemu, client => client.Remove("c0", Patience));
        Assert.Equal(["device_del c0", "netdev_del b7"], qemu.Received[1..].Select(Short));
    }

    [Theory]
    [InlineData("Device c0 is already in the process of unplug", "GenericError")]
    [InlineData("Device 'c0' not found", "DeviceNotFound")]
    public void A_removal_that_is_under_way_is_waited_for(string words, string kind)
    {
        using FakeQemu qemu = new((command, arguments) => command switch
        {
            "qom-get" => FakeQemu.Done("\"b7\""),
            "device_del" => [.. FakeQemu.Refused(words, kind), FakeQemu.Event("DEVICE_DELETED", """{"device": "c0", "path": "/machine/peripheral/c0"}""")],
            _ => FakeQemu.Done(),
        });
        Run(qemu, client => client.Remove("c0", Patience));
        Assert.Equal("netdev_del b7", Short(qemu.Received[^1]));
    }

    [Fact]
    public void A_card_that_the_guest_keeps_stands_with_its_backend()
    {
        using FakeQemu qemu = new((command, _) => command == "qom-get" ? FakeQemu.Done("\"b7\"") : FakeQemu.Done());
        MacvtapException failure = Fails(qemu, client => client.Remove("c0", Little));
        Assert.Equal(FailureId.QemuTimeout, failure.Id);
        Assert.Contains("'b7' still stand", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(qemu.Received, r => r.StartsWith("netdev_del", StringComparison.Ordinal));
    }

    [Fact]
    public void A_guest_that_refuses_is_told_at_once()
    {
        using FakeQemu qemu = new((command, _) => command switch
        {
            "qom-get" => FakeQemu.Done("\"b7\""),
            "device_del" => [.. FakeQemu.Done(), FakeQemu.Event("DEVICE_UNPLUG_GUEST_ERROR", """{"device": "c0", "path": "/machine/peripheral/c0"}""")],
            _ => FakeQemu.Done(),
        });
        Assert.Equal(FailureId.QemuRefused, Fails(qemu, client => client.Remove("c0", Patience)).Id);
        Assert.DoesNotContain(qemu.Received, r => r.StartsWith("netdev_del", StringComparison.Ordinal));
    }

    [Fact]
    public void A_backend_that_stays_behind_is_named()
    {
        using FakeQemu qemu = new((command, _) => command switch
        {
            "qom-get" => FakeQemu.Done("\"b7\""),
            "device_del" => [.. FakeQemu.Done(), FakeQemu.Event("DEVICE_DELETED", """{"device": "c0", "path": "/machine/peripheral/c0"}""")],
            _ => FakeQemu.Refused("Busy"),
        });
        MacvtapException failure = Fails(qemu, client => client.Remove("c0", Patience));
        Assert.Contains("'b7' still stands", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Busy", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_is_not_there()
    {
        using FakeQemu qemu = new((_, _) => FakeQemu.Refused("Device '/machine/peripheral/c0' not found", "DeviceNotFound"));
        Assert.Equal(FailureId.QemuDeviceNotFound, Fails(qemu, client => client.Remove("c0", Patience)).Id);
    }

    [Fact]
    public void Cards_are_listed_and_nothing_else()
    {
        using FakeQemu qemu = new(static (command, arguments) => (command, arguments.GetProperty("path").GetString()) switch
        {
            ("qom-list", "/machine/peripheral") => FakeQemu.Done("""[{"name": "type", "type": "string"}, {"name": "c0", "type": "child<virtio-net-pci>"}, {"name": "rp0", "type": "child<pcie-root-port>"}]"""),
            ("qom-list", _) => FakeQemu.Done("""[{"name": "device[0]", "type": "child<e1000>"}]"""),
            (_, "/machine/peripheral/c0") => FakeQemu.Done(Property(arguments) == "netdev" ? "\"hostc0\"" : "\"52:54:00:00:00:01\""),
            (_, "/machine/peripheral-anon/device[0]") => FakeQemu.Done(Property(arguments) == "netdev" ? "\"\"" : "\"52:54:00:00:00:02\""),
            _ => FakeQemu.Refused("Property not found"),
        });
        QemuNetworkDevice[] devices = With(qemu, client => client.List().ToArray());
        Assert.Equal(
            [("c0", "virtio-net-pci", "52:54:00:00:00:01", "hostc0"), (null, "e1000", "52:54:00:00:00:02", null)],
            devices.Select(d => ((string?)d.Id, d.Model, d.MacAddress, (string?)d.Backend)));

        static string? Property(JsonElement arguments) => arguments.GetProperty("property").GetString();
    }

    /// <summary>Without what makes the name of a descriptor unique.</summary>
    private static string Plain(string received) => System.Text.RegularExpressions.Regex.Replace(received, "(hostc0)-[0-9a-f]{32}-", "$1-");

    private static string Short(string received)
    {
        int blank = received.IndexOf(' ', StringComparison.Ordinal);
        using JsonDocument arguments = JsonDocument.Parse(received[blank..]);
        return $"{received[..blank]} {arguments.RootElement.EnumerateObject().First().Value.GetString()}";
    }

    private static MacvtapException Fails(FakeQemu qemu, Action<QemuNetworkClient> action, TimeSpan? patience = null) =>
        Assert.Throws<MacvtapException>(() => Run(qemu, action, patience));

    private static void Run(FakeQemu qemu, Action<QemuNetworkClient> action, TimeSpan? patience = null) => With(qemu, client =>
    {
        action(client);
        return true;
    }, patience);

    private static T With<T>(FakeQemu qemu, Func<QemuNetworkClient, T> action, TimeSpan? patience = null)
    {
        using QmpConnection connection = QmpConnection.Open(qemu.Path, patience ?? Patience, CancellationToken.None);
        return action(new QemuNetworkClient(connection));
    }
}
