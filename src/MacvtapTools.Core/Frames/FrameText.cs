using MacvtapTools.Failures;

namespace MacvtapTools.Frames;

/// <summary>Bytes as users write them.</summary>
internal static class FrameText
{
    /// <summary>Reads hex text: pairs of digits, together or with blanks, colons, dashes, commas, lines between them; "0x" before a pair or the whole is passed over.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MacvtapException">FrameInvalid, with the place.</exception>
    internal static byte[] Parse(string text)
    {
        byte[] bytes = new byte[text.Length / 2];
        int count = 0;
        for (int i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] is ':' or '-' or ',' or '.')
            {
                i++;
            }
            else if (text[i] == '0' && i + 1 < text.Length && text[i + 1] is 'x' or 'X')
            {
                i += 2;
            }
            else
            {
                if (i + 1 >= text.Length || !char.IsAsciiHexDigit(text[i]) || !char.IsAsciiHexDigit(text[i + 1])) throw Invalid(text, i);
                bytes[count++] = (byte)((Value(text[i]) << 4) | Value(text[i + 1]));
                i += 2;
            }
        }

        return bytes[..count];
    }

    private static int Value(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static MacvtapException Invalid(string text, int place) => new(
        FailureId.FrameInvalid,
        $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no frame in hex digits: at character {place + 1} two digits are expected.",
        "Write pairs of hex digits: 'ffffffffffff 525400123456 0806 0001…'. Blanks, colons, dashes and lines may stand between pairs.",
        text);
}
