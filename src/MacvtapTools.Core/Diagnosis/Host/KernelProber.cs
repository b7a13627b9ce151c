using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>
/// Tries out what this kernel can do, in a network namespace that is made for it and gone afterwards. The kernel may load a driver for it, as it does when a link of
/// that kind is first made. For the moment of the probe there is a node of a macvtap in /dev, by an interface index that nobody has.
/// </summary>
internal sealed class KernelProber
{
    internal const string Tun = "tun";
    private const string Dummy = "dummy";
    private const int FirstIndex = 2_000_000_000;
    private const int LastIndex = 2_140_000_000;

    private readonly PrivateNamespace _place;
    private readonly LinkReader _reader;
    private readonly LinkCreator _creator;
    private readonly KernelProbe _probe = new();

    private KernelProber(PrivateNamespace place)
    {
        _place = place;
        _reader = new LinkReader(place.Conversation, null);
        _creator = new LinkCreator(place.Conversation, _reader);
    }

    /// <summary>Tries everything.</summary>
    internal static KernelProbe Run()
    {
        using PrivateNamespace? place = PrivateNamespace.TryMake(TunNode.Path, out Errno refusal);
        if (place is null) return new KernelProbe { Refusal = refusal };
        var prober = new KernelProber(place);
        prober.Try();
        return prober._probe;
    }

    private void Try()
    {
        int? pair = TryKind(VethSettings.Veth, new VethSettings { PeerName = "h1" }, "h0");
        int? lower = pair ?? TryKind(Dummy, new PlainSettings(Dummy), "h2");
        int? bridge = TryKind(BridgeSettings.Bridge, new BridgeSettings { ForwardDelay = 0 }, "hb");
        lower ??= bridge;
        TryKind("ifb", new PlainSettings("ifb"), "hi");
        TryTun();
        if (lower is not { } device)
        {
            _probe.Kinds[MacvlanSettings.Macvlan] = _probe.Kinds[MacvlanSettings.Macvtap] = new KindOutcome(Errno.ENODEV, "nothing could be made that they could be put on");
            return;
        }

        int? macvlan = TryKind(MacvlanSettings.Macvlan, new MacvlanSettings(MacvlanSettings.Macvlan) { Mode = LinkMode.Private }, "hm", device);
        TryMacvtap(device);
        var behaviours = new BehaviourProber(_place.Conversation, _reader, _creator, _probe.Behaviours);
        if (macvlan is { } link) behaviours.TryMacvlan(link, device);
        if (pair is not null && bridge is { } master) behaviours.TryPort(master);
    }

    private int? TryKind(string kind, KindSettings settings, string name, int? lower = null, int index = 0)
    {
        try
        {
            LinkRecord made = _creator.Create(new LinkSettings { Name = name, LowerIndex = lower, Index = index }, settings);
            _probe.Kinds[kind] = default;
            return made.Index;
        }
        catch (KernelException refusal)
        {
            _probe.Kinds[kind] = new KindOutcome(refusal.Errno, refusal.KernelText);
            return null;
        }
    }

    private void TryTun()
    {
        if (_place.Tun is not { } file)
        {
            _probe.Kinds[Tun] = new KindOutcome(_place.TunError, $"{TunNode.Path} cannot be opened");
            return;
        }

        try
        {
            TapControl.SetInterface(file, "ht", Libc.IFF_TAP | Libc.IFF_NO_PI, "make a tap");
            _probe.Kinds[Tun] = default;
        }
        catch (KernelException refusal)
        {
            _probe.Kinds[Tun] = new KindOutcome(refusal.Errno);
        }
    }

    private void TryMacvtap(int lower)
    {
        // Small indexes are those of every namespace: for the moment of the probe its node would be in another one's place.
        int index;
        do index = Random.Shared.Next(FirstIndex, LastIndex);
        while (Libc.Status(Libc.AT_FDCWD, TapDevice.PathOf(index), Libc.AT_SYMLINK_NOFOLLOW, out _));
        if (TryKind(MacvlanSettings.Macvtap, new MacvlanSettings(MacvlanSettings.Macvtap) { Mode = LinkMode.Bridge }, "hv", lower, index) is not { } made) return;
        try
        {
            string path = TapDevice.PathOf(made);
            HostFile? found = HostSource.LookAt(path);
            _probe.Node = new NodeOutcome(path, found, found is null ? Errno.ENOENT : Open(path));
        }
        finally
        {
            // The namespace goes a moment after its socket; the node shall be gone when this returns.
            LinkRequests.Delete(_place.Conversation.Compose(), made);
            _place.Conversation.Exchange();
        }
    }

    private static Errno Open(string path)
    {
        using SafeFileHandle? file = Libc.Open(path, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_NOFOLLOW);
        return file is null ? Libc.LastError : Errno.None;
    }
}
