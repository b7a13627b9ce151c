using System.Diagnostics.CodeAnalysis;

namespace MacvtapTools.Route;

/// <summary>Text and bytes of link-layer addresses.</summary>
internal static class HardwareAddress
{
    internal const int EthernetLength = 6;

    /// <summary>Lower-case hex pairs with colons, for any length; null for none.</summary>
    internal static string? Format(ReadOnlySpan<byte> address)
    {
        if (address.IsEmpty) return null;
        Span<char> text = address.Length <= 32 ? stackalloc char[(address.Length * 3) - 1] : new char[(address.Length * 3) - 1];
        for (int i = 0; i < address.Length; i++)
        {
            if (i > 0) text[(i * 3) - 1] = ':';
            text[i * 3] = Digit(address[i] >> 4);
            text[(i * 3) + 1] = Digit(address[i] & 15);
        }

        return new string(text);
    }

    /// <summary>Reads an Ethernet address written as 52:54:00:12:34:56, 52-54-00-12-34-56, 5254.0012.3456 or 525400123456.</summary>
    internal static bool TryParse(string? text, [NotNullWhen(true)] out byte[]? address)
    {
        address = null;
        const int Digits = EthernetLength * 2;

        // The length tells the spelling: how many digits stand between two separators, and which separators those may be.
        (int group, string separators) = text?.Length switch
        {
            Digits => (Digits, string.Empty),
            Digits + 2 => (4, "."),
            Digits + 5 => (2, ":-"),
            _ => (0, string.Empty),
        };
        if (group == 0) return false;
        char separator = group == Digits ? '\0' : text![group];
        if (group != Digits && !separators.Contains(separator)) return false;
        Span<char> digits = stackalloc char[Digits];
        int count = 0;
        for (int i = 0; i < text!.Length; i++)
        {
            if (i % (group + 1) == group)
            {
                if (text[i] != separator) return false;
            }
            else
            {
                if (!char.IsAsciiHexDigit(text[i])) return false;
                digits[count++] = text[i];
            }
        }

        address = Convert.FromHexString(digits);
        return true;
    }

    /// <summary>The lowest bit of the first byte: such an address names a group and no link may have it.</summary>
    internal static bool IsMulticast(ReadOnlySpan<byte> address) => (address[0] & 1) != 0;

    internal static bool IsZero(ReadOnlySpan<byte> address) => address.IndexOfAnyExcept((byte)0) < 0;

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
