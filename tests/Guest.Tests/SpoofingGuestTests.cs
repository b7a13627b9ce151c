using System.Text;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>A guest whose owner tries to pass for others: what of it gets out of a link with Protect-Link, and what without.</summary>
[Collection(nameof(Guests))]
public sealed class SpoofingGuestTests
{
    private const string Address = "10.99.0.1";
    private const string Honest = "a ping from its own addresses";

    private static readonly byte[] Foreign = [0x02, 0x66, 0, 0, 0, 0x66]; // as in scripts/spoof.sh
    private static readonly byte[] Stolen = [10, 99, 0, 66];
    private static readonly byte[] Own = [10, 99, 0, 1];

    /// <summary>A card of virtio on the macvtap itself, and a guest behind a relay.</summary>
    [Theory]
    [InlineData("QEMU")]
    [InlineData("User-mode Linux")]
    public void Nothing_false_gets_out_of_a_protected_link(string program)
    {
        bool isQemu = program == "QEMU";
        GuestRequires.Program("ip", "busybox", "perl", "ldd", isQemu ? "qemu-system-x86_64" : "linux.uml");
        if (isQemu)
            GuestRequires.Kernel();
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        using GuestLab lab = new() { Packed = Pack() };
        GuestConsole guest = isQemu ? lab.StartQemu("alpha", Address, GuestLab.OutsideAddress) : lab.StartUml("alpha", Address, GuestLab.OutsideAddress);
        lab.Run($"Protect-Link alpha -AllowSourceAddress Own -AllowArpFor {Address} -BlockDhcpServer -BlockRouterAdvertisement -NetworkNamespace $machine");
        Dictionary<string, Predicate<byte[]>> sorts = Sorts(((Link)lab.Run("Get-Link alpha -NetworkNamespace $machine").Single()).MacAddress!);

        Assert.Equal([Honest], Heard(lab, guest, sorts));
        Assert.DoesNotContain(ForgedFrames.Router, Routes(lab), StringComparison.Ordinal);

        lab.Run("Unprotect-Link alpha -NetworkNamespace $machine");
        Assert.Equal(sorts.Keys.Order(StringComparer.Ordinal), Heard(lab, guest, sorts));
        Assert.Contains(ForgedFrames.Router, Routes(lab), StringComparison.Ordinal); // the host outside took it for a router
    }

    /// <summary>What comes in outside during three whole rounds of the guest.</summary>
    private static IEnumerable<string> Heard(GuestLab lab, GuestConsole guest, IReadOnlyDictionary<string, Predicate<byte[]>> sorts)
    {
        guest.AwaitReady();
        AwaitRounds(guest, 1);
        using FrameSorts seen = new(lab.Outside, "eth0", sorts);
        AwaitRounds(guest, 3);
        return [.. seen.Seen];
    }

    private static void AwaitRounds(GuestConsole guest, int rounds)
    {
        int before = guest.CountRounds("spoof");
        for (long end = Environment.TickCount64 + 300_000; guest.CountRounds("spoof") < before + rounds; Thread.Sleep(50))
            Assert.True(Environment.TickCount64 < end, guest.Text);
    }

    private static Dictionary<string, Predicate<byte[]>> Sorts(string card) => new(StringComparer.Ordinal)
    {
        [Honest] = f => IsFrom(f, Convert.FromHexString(card.Replace(":", "", StringComparison.Ordinal))) && IsType(f, 0x0800) && f[23] == 1 && f.AsSpan(26, 4).SequenceEqual(Own),
        ["a frame from another MAC address"] = f => IsFrom(f, Foreign),
        ["ARP for another's address"] = f => IsType(f, 0x0806) && f.AsSpan(28, 4).SequenceEqual(Stolen),
        ["a DHCP offer"] = f => IsType(f, 0x0800) && f[23] == 17 && f[36] == 0 && f[37] == 68,
        ["a router advertisement"] = f => IsType(f, 0x86dd) && f[20] == 58 && f[54] == 134,
    };

    private static bool IsFrom(byte[] frame, byte[] address) => frame.AsSpan(6, 6).SequenceEqual(address);

    private static bool IsType(byte[] frame, int type) => frame[12] == type >> 8 && frame[13] == (type & 0xff);

    private static string Routes(GuestLab lab) => Lab.Ip(lab.Outside, "-6 route show default");

    /// <summary>The guest's script, the frames that it has ready, and perl with the libraries that it is linked to.</summary>
    private static Dictionary<string, byte[]> Pack()
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal)
        {
            ["script"] = File.ReadAllBytes(GuestRequires.Script("spoof.sh")),
            ["forge.pl"] = File.ReadAllBytes(GuestRequires.Script("forge.pl")),
            ["hello"] = Hex(ForgedFrames.Hello()),
            ["lease"] = Hex(ForgedFrames.Lease()),
            ["router"] = Hex(ForgedFrames.RouterAdvertisement()),
        };
        string perl = GuestFiles.FindProgram("perl")!;
        files["bin/perl"] = File.ReadAllBytes(perl);
        foreach (string library in Programs.Run("ldd", perl).Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '/'))
            files[library[1..]] = File.ReadAllBytes(library);
        return files;
    }

    private static byte[] Hex(byte[] frame) => Encoding.ASCII.GetBytes(Convert.ToHexString(frame) + "\n");
}
