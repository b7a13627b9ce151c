using System.Globalization;
using MacvtapTools.Failures;

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
        List<string> options = [$"transport={card.Transport.ToString().ToLowerInvariant()}"];
        options.Add(card.Transport == UmlTransport.Fd ? $"fd={card.Descriptor}" : $"ifname={link.Name}");

        // The address of a classic tap is that of the host's side; User-mode Linux makes one for the guest.
        if ((card.MacAddress ?? (link is TapLink ? null : link.MacAddress)) is { } address) options.Add($"mac={address}");
        if (card.Depth is { } depth) options.Add(string.Create(CultureInfo.InvariantCulture, $"depth={depth}"));
        if (card.Gro) options.Add("gro=1");
        if (card.Mtu is { } mtu) options.Add(string.Create(CultureInfo.InvariantCulture, $"mtu={mtu}"));
        if (card.NoVector) options.Add("vec=0");
        return string.Create(CultureInfo.InvariantCulture, $"vec{card.Number}:{string.Join(',', options)}");
    }

    private static void Check(Link link, UmlTransport transport)
    {
        if (link.Record.HardwareType != Ethernet || link.Flags.HasFlag(InterfaceFlag.Loopback) || link is TapLink { Mode: TapMode.Tun })
            throw Unsupported(link, $"{link.Name} carries no Ethernet frames, and User-mode Linux exchanges nothing else.", "Give a macvtap, a tap (New-TapLink), a macvlan or one end of a veth pair.");
        if (transport == UmlTransport.Tap && link is not TapLink)
            throw Unsupported(link, $"{link.Name} is no classic tap, and the transport tap attaches to one through /dev/net/tun.", "-Transport Raw works on every Ethernet link.");
        if (transport != UmlTransport.Fd && link.Name.IndexOfAny(_separators) >= 0)
            throw Unsupported(link, $"The name '{link.Name}' cannot be given to User-mode Linux: it takes its argument apart at ',' and '='.", "Rename-Link gives the link another name.");
    }

    private static MacvtapException Unsupported(Link link, string message, string advice) => new(FailureId.UmlUnsupported, message, advice, link);
}
