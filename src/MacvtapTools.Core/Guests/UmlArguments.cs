using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Guests.Relays;

namespace MacvtapTools.Guests;

/// <summary>
/// The argument of User-mode Linux for one network card: vecN:transport=...,option=value. What it does not know it passes over without a word, and it takes the
/// line apart at commas and equals signs, with no way to quote them (uml_parse_vector_ifspec in arch/um/drivers/vector_user.c).
/// </summary>
internal static class UmlArguments
{
    /// <summary>How many frames User-mode Linux takes at once where nothing is asked (DEFAULT_VECTOR_SIZE in arch/um/drivers/vector_kern.h).</summary>
    internal const int UsualDepth = 64;

    private const ushort Ethernet = 1;
    private static readonly char[] _separators = [',', '='];

    /// <summary>The transport that fits a link.</summary>
    internal static UmlTransport Usual(Link link) => link is TapLink ? UmlTransport.Tap : UmlTransport.Raw;

    /// <summary>The argument for a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="card">What was asked for.</param>
    /// <exception cref="MacvtapException">UmlUnsupported: the transport does not work on the link, or its name cannot be written.</exception>
    internal static string For(Link link, UmlCard card)
    {
        Check(link, card.Transport);
        // The address of a classic tap is that of the host's side; User-mode Linux makes one for the guest.
        return Compose(card, card.Transport == UmlTransport.Fd ? $"fd={card.Descriptor}" : $"ifname={Kept(link.Name, card)}", link is TapLink ? null : link.MacAddress);
    }

    /// <summary>The transport that fits a relay.</summary>
    internal static UmlTransport Usual(TapRelay relay) => relay.Path is null ? UmlTransport.Fd : UmlTransport.Bess;

    /// <summary>The argument for a relay.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="card">What was asked for.</param>
    /// <exception cref="MacvtapException">UmlUnsupported: the transport does not work with it, its path cannot be written, or it passes a vnet header.</exception>
    internal static string For(TapRelay relay, UmlCard card)
    {
        if (card.Transport != Usual(relay))
            throw Unsupported(relay, $"The transport {Text(card.Transport)} does not work with {relay}.", $"Leave -Transport out: {Text(Usual(relay))} fits it.");
        if (relay.VnetHeaderSize > 0)
            throw Unsupported(relay, $"{relay} passes a vnet header before each frame, and User-mode Linux expects none from a socket.", "Start the relay with the link, or with an endpoint without vnet header.");
        if (relay.Path?.IndexOfAny(_separators) >= 0)
            throw Unsupported(relay, $"The path '{relay.Path}' cannot be given to User-mode Linux: it takes its argument apart at ',' and '='.", "Start the relay at another path.");
        return Compose(card, relay.Path is { } path ? $"dst={Kept(path, card)},src={Kept(path + RelaySocket.GuestSuffix, card)}" : $"fd={card.Descriptor}", relay.Device is null ? null : relay.MacAddress);
    }

    private static string Compose(UmlCard card, string source, string? usualAddress)
    {
        List<string> options = [$"transport={Text(card.Transport)}", source];
        if ((card.MacAddress ?? usualAddress) is { } address) options.Add($"mac={address}");
        if (card.Depth is { } depth) options.Add(string.Create(CultureInfo.InvariantCulture, $"depth={depth}"));
        if (card.Gro) options.Add("gro=1");
        if (card.Mtu is { } mtu) options.Add(string.Create(CultureInfo.InvariantCulture, $"mtu={mtu}"));
        if (card.NoVector) options.Add("vec=0");
        return string.Create(CultureInfo.InvariantCulture, $"vec{card.Number}:{string.Join(',', options)}");
    }

    // Start-TapProcess looks for placeholders in its arguments, and a name that has braces is none.
    private static string Kept(string text, UmlCard card) => card.HasNumber ? text : ArgumentTemplate.Escape(text);

    private static string Text(UmlTransport transport) => transport.ToString().ToLowerInvariant();

    private static void Check(Link link, UmlTransport transport)
    {
        if (link.Record.HardwareType != Ethernet || link.Flags.HasFlag(InterfaceFlag.Loopback) || link is TapLink { Mode: TapMode.Tun })
            throw Unsupported(link, $"{link.Name} carries no Ethernet frames, and User-mode Linux exchanges nothing else.", "Give a macvtap, a tap (New-TapLink), a macvlan or one end of a veth pair.");
        if (transport == UmlTransport.Tap && link is not TapLink)
            throw Unsupported(link, $"{link.Name} is no classic tap, and the transport tap attaches to one through /dev/net/tun.", "-Transport Raw works on every Ethernet link.");
        if (transport == UmlTransport.Bess)
            throw Unsupported(link, $"The transport bess connects to a socket, and {link.Name} is a link.", $"Start-TapRelay {CommandText.Word(link.Name)} -Path PATH{CommandText.Place(link.NetworkNamespace)} makes a socket for it; give its relay.");
        if (transport != UmlTransport.Fd && link.Name.IndexOfAny(_separators) >= 0)
            throw Unsupported(link, $"The name '{link.Name}' cannot be given to User-mode Linux: it takes its argument apart at ',' and '='.", "Rename-Link gives the link another name.");
    }

    private static MacvtapException Unsupported(object target, string message, string advice) => new(FailureId.UmlUnsupported, message, advice, target);
}
