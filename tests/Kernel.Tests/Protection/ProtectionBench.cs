using System.Buffers.Binary;
using MacvtapTools.Kernel.Tests.Taps;
using MacvtapTools.Links;
using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Kernel.Tests.Protection;

/// <summary>Macvtaps m0 and m1 on v0, opened as guests would; v1 is the outside. Every frame ends with a number of its own, by which it is known again.</summary>
internal sealed class ProtectionBench : IDisposable
{
    internal const string Outside = "02:00:00:00:00:fe";
    internal const string Foreign = "02:00:00:00:00:66";
    internal const string Broadcast = "ff:ff:ff:ff:ff:ff";

    private const int Experimental = 0x88b5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lab _lab = new();
    private readonly EndpointBench _bench;
    private uint _number = (uint)Random.Shared.Next();

    internal ProtectionBench(bool isOpen = true)
    {
        Requires.Program("tc");
        _bench = new EndpointBench(_lab, "m0", "m1");
        Session = LinkSession.Open(_bench.Namespace);
        Client = new ProtectionClient(Session.Conversation);
        foreach (string link in (string[])["v0", "v1", "m0", "m1"]) Lab.Ip(Namespace, $"link set {link} addrgenmode none");
        if (!isOpen) return;
        Guest = _bench.Open("m0");
        Sibling = _bench.Open("m1");
    }

    internal string Namespace => _bench.Namespace;

    internal LinkSession Session { get; }

    internal ProtectionClient Client { get; }

    /// <summary>Where m0's guest would sit.</summary>
    internal TapEndpoint Guest { get; } = null!;

    internal TapEndpoint Sibling { get; } = null!;

    internal Link Link => _bench.Find("m0");

    internal string GuestAddress => _bench.Find("m0").MacAddress!;

    internal string SiblingAddress => _bench.Find("m1").MacAddress!;

    internal ProtectionRules OwnSource => new() { Sources = [Number(GuestAddress)] };

    internal ProtectionRules IsolatedRules => new() { Isolate = true, Siblings = [Number(SiblingAddress)] };

    internal string NewNamespace() => _lab.NewNamespace();

    internal static ulong Number(string address) => HardwareAddress.TryParse(address, out byte[]? bytes) ? ProtectionRules.MacNumber(bytes) : throw new ArgumentException(address);

    /// <summary>A frame with a number that no other one has.</summary>
    internal byte[] Frame(string source, string destination, int type = Experimental, byte[]? payload = null, params int[] tags)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, ++_number);
        return [.. Bytes(destination), .. Bytes(source), .. tags.SelectMany(t => (byte[])[.. Half(t), 0, 5]), .. Half(type), .. payload ?? new byte[46], .. number];
    }

    /// <summary>Whether a frame that is sent arrives. A frame that passes is sent behind it: when that one is there, the other one was lost.</summary>
    /// <param name="send">Sends.</param>
    /// <param name="receive">Receives the next frame that fits.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="last">The one that passes.</param>
    internal static bool Arrives(Action<byte[]> send, Func<Predicate<byte[]>, byte[]?> receive, byte[] frame, byte[] last)
    {
        send(frame);
        send(last);
        byte[] first = receive(f => Is(f, frame) || Is(f, last)) ?? throw new TimeoutException("Not even the frame came that passes.");
        return Is(first, frame);
    }

    internal bool GuestReaches(PacketSocket outside, byte[] frame) =>
        Arrives(f => Guest.Send(f), wanted => outside.Receive(wanted, Patience), frame, Frame(GuestAddress, Outside));

    internal PacketSocket OpenOutside() => PacketSocket.Open(Namespace, "v1");

    internal static byte[]? Receive(TapEndpoint endpoint, Predicate<byte[]> wanted) => EndpointBench.Next(endpoint, (f, _) => wanted(f), Patience);

    internal static bool Is(byte[] frame, byte[] sent) => frame.AsSpan().EndsWith(sent.AsSpan(sent.Length - 4));

    internal string Tc(string command) => Programs.Run("tc", ["-n", Namespace, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    internal string Hooks() => Tc("qdisc show dev m0");

    internal static byte[] Half(int value) => [(byte)(value >> 8), (byte)value];

    internal static byte[] Bytes(string address) => HardwareAddress.TryParse(address, out byte[]? bytes) ? bytes : throw new ArgumentException(address);

    public void Dispose()
    {
        Session.Dispose();
        _bench.Dispose();
        _lab.Dispose();
    }
}
