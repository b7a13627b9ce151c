using System.Xml.Linq;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Guests;

/// <summary>libvirt's own opinion on our XML: its schema, asked of its test driver, which needs no daemon.</summary>
public sealed class LibvirtValidationTests
{
    private static readonly LibvirtCard _direct = new() { Type = "direct", Source = "eth0", Mode = "vepa", Target = "mvt0", MacAddress = "52:54:00:12:34:56", Model = "virtio", QueueCount = 4 };

    public static TheoryData<string> Cards =>
    [
        .. new[]
        {
            _direct,
            _direct with { Mode = "passthrough", Target = null, MacAddress = null, QueueCount = 1, Model = "e1000e" },
            _direct with { Mode = "bridge" },
            _direct with { Mode = "private" },
            new LibvirtCard { Type = "ethernet", Target = "mvt0", MacAddress = "52:54:00:12:34:56", Model = "virtio", Mtu = 1400 },
            new LibvirtCard { Type = "bridge", Source = "br0", Model = "virtio", Mtu = 9000 },
            new LibvirtCard { Type = "bridge", Source = "ovs0", IsOpenVswitch = true, Model = "rtl8139" },
        }.Select(c => c.ToElement().ToString()),
    ];

    public static TheoryData<string> Networks =>
    [
        LibvirtCard.ToNetwork("pool", [_direct, _direct with { Source = "eth1" }]).ToString(),
        LibvirtCard.ToNetwork("pool", [_direct with { Mode = "passthrough" }]).ToString(),
        LibvirtCard.ToNetwork("lan", [new LibvirtCard { Type = "bridge", Source = "br0", Model = "virtio" }]).ToString(),
        LibvirtCard.ToNetwork("lan", [new LibvirtCard { Type = "bridge", Source = "ovs0", IsOpenVswitch = true, Model = "virtio" }]).ToString(),
    ];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_guest_with_the_card_is_valid(string card) => Define(
        "define",
        new XElement("domain", new XAttribute("type", "test"), new XElement("name", "probe"), new XElement("memory", "65536"), new XElement("os", new XElement("type", "hvm")), new XElement("devices", XElement.Parse(card))));

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_is_valid(string network) => Define("net-define", XElement.Parse(network));

    /// <summary>The test above can fail: libvirt refuses what its schema does not have.</summary>
    [Fact]
    public void A_mode_that_libvirt_does_not_have_is_refused()
    {
        Requires.Program("virsh");
        Assert.NotEqual(0, Try("net-define", LibvirtCard.ToNetwork("pool", [_direct with { Mode = "source" }])).ExitCode);
    }

    private static void Define(string command, XElement document)
    {
        Requires.Program("virsh");
        Programs.Outcome outcome = Try(command, document);
        Assert.True(outcome.ExitCode == 0, $"{outcome.ErrorOutput}\n{document}");
    }

    private static Programs.Outcome Try(string command, XElement document)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, document.ToString());
            return Programs.Try("virsh", "-c", "test:///default", command, "--validate", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
