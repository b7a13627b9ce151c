using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>The list of addresses that a source-mode link receives from.</summary>
internal static class SourceAddressList
{
    /// <summary>Reads the addresses and refuses a list that the kernel would take but could never report again.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid, ParameterInvalid.</exception>
    internal static List<byte[]> Parse(IReadOnlyCollection<string> addresses)
    {
        ThrowIfTooLong((uint)addresses.Count);
        var parsed = new List<byte[]>(addresses.Count);
        foreach (string address in addresses) parsed.Add(MacAddressText.Parse(address));
        return parsed;
    }

    /// <summary>Refuses a length that the kernel takes but cannot report.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static void ThrowIfTooLong(uint count)
    {
        if (count <= MacvlanSettings.MostSourceAddresses) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{count} source addresses are more than {MacvlanSettings.MostSourceAddresses}.",
            "The kernel takes more but cannot report them: the length of its answer wraps at 16 bits, and every tool then reads a wrong list. Use several links.",
            count);
    }
}
