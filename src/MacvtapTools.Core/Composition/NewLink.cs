using System.Globalization;
using System.Security.Cryptography;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Composition;

/// <summary>A link that is made as a step of something larger. Its MAC address, drawn beforehand, tells it from another one of that name, also where the kernel did not answer.</summary>
internal static class NewLink
{
    private const int MacLength = 6;
    private const int GroupAndLocalBits = 0x03;
    private const int LocalBit = 0x02;
    private const byte HighestLocal = 0xfe;

    /// <summary>A random address: locally administered, not a group's (IEEE 802).</summary>
    internal static byte[] NewAddress()
    {
        byte[] address = RandomNumberGenerator.GetBytes(MacLength);
        address[0] = (byte)((address[0] & ~GroupAndLocalBits) | LocalBit);
        return address;
    }

    /// <summary>
    /// The same for a port of a bridge, and high: a bridge without an address of its own takes the lowest of its ports', and would change with the new one
    /// (br_stp_recalculate_bridge_id in net/bridge/br_stp_if.c).
    /// </summary>
    internal static byte[] NewPortAddress()
    {
        byte[] address = NewAddress();
        address[0] = HighestLocal;
        return address;
    }

    /// <summary>As the kernel's lists and users spell it.</summary>
    internal static string Text(byte[] address) => string.Join(':', address.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Remembers to remove a link that is made next.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="undo">Where to remember.</param>
    /// <param name="name">Its name.</param>
    /// <param name="address">Its MAC address, from <see cref="NewAddress"/>.</param>
    /// <param name="what">What it is, for messages.</param>
    internal static void RemoveAgain(LinkSession session, UndoLog undo, string name, byte[] address, string what) =>
        undo.Before($"The {what} {name} still stands", CommandText.For("Remove-Link", name, session.Reader.NetworkNamespace), () =>
        {
            if (session.Reader.Find(name) is not { } link || link.MacAddress != Text(address)) return;
            if (session.Remover.Remove(link).Failure is { Errno: not Errno.ENODEV } failure) throw failure;
        });
}
