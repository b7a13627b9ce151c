using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>MAC addresses as users write them.</summary>
internal static class MacAddressText
{
    /// <summary>Reads an address in any usual spelling and refuses those that no link can have.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid.</exception>
    internal static byte[] Parse(string text)
    {
        if (!HardwareAddress.TryParse(text, out byte[]? address))
            throw Invalid(text, "is not a MAC address", "Write six bytes: 52:54:00:12:34:56, 52-54-00-12-34-56, 5254.0012.3456 or 525400123456.");
        if (HardwareAddress.IsZero(address)) throw Invalid(text, "is the zero address, which no link can have", "Leave it out, and the kernel makes one.");
        if (HardwareAddress.IsMulticast(address))
            throw Invalid(text, "is a multicast address (the lowest bit of its first byte is set), which no link can have", $"Take a unicast address, such as {HardwareAddress.Format([(byte)((address[0] & 0xfe) | 0x02), .. address.AsSpan(1)])}.");
        return address;
    }

    private static MacvtapException Invalid(string text, string why, string advice) => new(FailureId.MacAddressInvalid, $"'{text}' {why}.", advice, text);
}
