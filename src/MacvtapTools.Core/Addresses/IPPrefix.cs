using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MacvtapTools.Failures;

namespace MacvtapTools.Addresses;

/// <summary>An address with the length of its network's prefix, as users write it: 10.0.0.1/24, fd00::1/64.</summary>
/// <param name="Bytes">4 or 16 bytes.</param>
/// <param name="Length">How many leading bits are the network's.</param>
internal sealed record IPPrefix(byte[] Bytes, int Length)
{
    internal const string Default = "default";

    private const int BitsPerByte = 8;

    internal IPFamily Family => Bytes.Length == 4 ? IPFamily.IPv4 : IPFamily.IPv6;

    /// <summary>Reads an address with a prefix; without one it is a single address.</summary>
    /// <exception cref="MacvtapException">AddressInvalid.</exception>
    internal static IPPrefix Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        byte[] address = ParseAddress(slash < 0 ? text : text[..slash], text);
        int most = address.Length * BitsPerByte;
        if (slash < 0) return new IPPrefix(address, most);
        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= most
            ? new IPPrefix(address, length)
            : throw Invalid(text, $"has no prefix length of 0 to {most} behind the '/'", most == 32 ? "Write 10.0.0.1/24." : "Write fd00::1/64.");
    }

    /// <summary>Reads an address that a link is to have: the kernel would take 0.0.0.0 and IPv4 groups too, which no host can use.</summary>
    /// <exception cref="MacvtapException">AddressInvalid.</exception>
    internal static IPPrefix ParseForLink(string text)
    {
        IPPrefix address = Parse(text);
        if (address.Bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0) throw Invalid(text, "is the unspecified address, which no link can have", "Write the address that the link is to have, such as 10.0.0.1/24.");
        bool isMulticast = address.Family == IPFamily.IPv4 ? (address.Bytes[0] & 0xf0) == 0xe0 : address.Bytes[0] == 0xff;
        return isMulticast ? throw Invalid(text, "is a multicast address, which no link can have", "Add-LinkMulticastGroup lets a group into a link.") : address;
    }

    /// <summary>Reads the destination of a route; "default" is everything.</summary>
    /// <param name="text">A prefix, or "default".</param>
    /// <param name="familyOfDefault">The family that "default" means.</param>
    /// <exception cref="MacvtapException">AddressInvalid; also where the address has bits behind its prefix.</exception>
    internal static IPPrefix ParseDestination(string text, IPFamily familyOfDefault)
    {
        if (text.Equals(Default, StringComparison.OrdinalIgnoreCase)) return new IPPrefix(new byte[familyOfDefault == IPFamily.IPv4 ? 4 : 16], 0);
        IPPrefix prefix = Parse(text);
        IPPrefix network = prefix.Network();
        return network.Bytes.AsSpan().SequenceEqual(prefix.Bytes) ? prefix : throw Invalid(text, "is an address in a network, not a network", $"The network is {network}, the address alone {Text(prefix.Bytes)}.");
    }

    /// <summary>Reads an address without a prefix. Short and octal forms (10.1, 010.0.0.1), which programs understand differently, are refused.</summary>
    /// <exception cref="MacvtapException">AddressInvalid.</exception>
    internal static byte[] ParseAddress(string text) => ParseAddress(text, text);

    /// <summary>The address as text; IPv6 as RFC 5952 wants it.</summary>
    internal static string Text(byte[] address) => new IPAddress(address).ToString();

    /// <summary>The prefix as text.</summary>
    public override string ToString() => $"{Text(Bytes)}/{Length}";

    /// <summary>The same with all bits behind the prefix zero.</summary>
    internal IPPrefix Network()
    {
        byte[] bytes = [.. Bytes];
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(Length - (i * BitsPerByte), 0, BitsPerByte);
            bytes[i] &= (byte)(0xff << (BitsPerByte - kept));
        }

        return new IPPrefix(bytes, Length);
    }

    /// <summary>The address with all bits behind the prefix one: the broadcast address of an IPv4 network.</summary>
    internal byte[] Highest()
    {
        byte[] bytes = Network().Bytes;
        for (int i = 0; i < bytes.Length; i++) bytes[i] |= (byte)~(0xff << (BitsPerByte - Math.Clamp(Length - (i * BitsPerByte), 0, BitsPerByte)));
        return bytes;
    }

    private static byte[] ParseAddress(string text, string whole)
    {
        bool isPlain = text.Length > 0 && text.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':');
        if (!isPlain || !IPAddress.TryParse(text, out IPAddress? address) || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text))
            throw Invalid(whole, "is not an IP address", "Write 10.0.0.1, 10.0.0.1/24, fd00::1 or fd00::1/64.");
        return address.GetAddressBytes();
    }

    private static MacvtapException Invalid(string text, string why, string? advice) => new(FailureId.AddressInvalid, $"'{text}' {why}.", advice, text);
}
