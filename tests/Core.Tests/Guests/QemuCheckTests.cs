using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>-WhatIf of the cmdlets for cards of a QEMU: questions only, and the same words as when it is done.</summary>
public sealed class QemuCheckTests
{
    private static readonly QemuCard Card = new() { Id = "c0", LinkName = "mvt0", MacAddress = "52:54:00:00:00:01", Model = "foo" };
    private static readonly string[] Questions = ["qom-get", "device-list-properties"];

    [Fact]
    public void A_card_that_can_be_added()
    {
        using FakeQemu qemu = new((command, _) => command == "qom-get" ? FakeQemu.Refused("Device '/machine/peripheral/c0' not found", "DeviceNotFound") : FakeQemu.Done("[]"));
        Check(qemu, c => c.CheckAdd(Card));
        Assert.Equal(["""qom-get {"path":"/machine/peripheral/c0","property":"type"}""", """device-list-properties {"typename":"foo"}"""], qemu.Received);
    }

    [Theory]
    [InlineData("device_add", "Duplicate device ID 'c0'", FailureId.QemuDeviceExists)]
    [InlineData("device_add", "'foo' is not a valid device model name", FailureId.QemuRefused)]
    public void What_QEMU_would_refuse_is_said_in_its_words(string refusing, string words, FailureId id)
    {
        bool isThere = id == FailureId.QemuDeviceExists;

        // ID stands for the command's number in what the fake sends.
        string[] Answer(string command) => command switch
        {
            "qom-get" when isThere => FakeQemu.Done("\"virtio-net-pci\""),
            "qom-get" or "device-list-properties" => FakeQemu.Refused("not found", "DeviceNotFound"),
            _ => command == refusing ? FakeQemu.Refused(words.Replace("ID", "I\\u0044", StringComparison.Ordinal)) : FakeQemu.Done(),
        };
        using FakeQemu asked = new((command, _) => Answer(command));
        using FakeQemu done = new((command, _) => Answer(command));
        MacvtapException would = Assert.Throws<MacvtapException>(() => Check(asked, c => c.CheckAdd(Card)));
        MacvtapException did = Assert.Throws<MacvtapException>(() => Check(done, c => c.Add(Card, [])));
        Assert.Equal((id, did.Message, did.Advice), (would.Id, would.Message, would.Advice));
        Assert.Equal(id, did.Id);
        Assert.DoesNotContain(asked.Received, r => !Questions.Any(q => r.StartsWith(q, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_card_to_remove_is_looked_for_and_nothing_is_done()
    {
        using FakeQemu there = new((_, _) => FakeQemu.Done("\"hostc0\""));
        Check(there, c => c.CheckRemove("c0"));
        Assert.Equal(["""qom-get {"path":"/machine/peripheral/c0","property":"netdev"}"""], there.Received);

        using FakeQemu none = new((_, _) => FakeQemu.Refused("not found", "DeviceNotFound"));
        using FakeQemu same = new((_, _) => FakeQemu.Refused("not found", "DeviceNotFound"));
        MacvtapException would = Assert.Throws<MacvtapException>(() => Check(none, c => c.CheckRemove("c0")));
        MacvtapException did = Assert.Throws<MacvtapException>(() => Check(same, c => c.Remove("c0", TimeSpan.FromSeconds(1))));
        Assert.Equal((FailureId.QemuDeviceNotFound, did.Message, did.Advice), (would.Id, would.Message, would.Advice));
    }

    private static void Check(FakeQemu qemu, Action<QemuNetworkClient> action)
    {
        using QmpConnection connection = QmpConnection.Open(qemu.Path, TimeSpan.FromSeconds(10), CancellationToken.None);
        action(new QemuNetworkClient(connection));
    }
}
