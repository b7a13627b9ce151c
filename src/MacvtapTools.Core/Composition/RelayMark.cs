using System.Security.Cryptography;

namespace MacvtapTools.Composition;

/// <summary>
/// How a reflective relay is found again: each part has an alternative name "macvtaptools.relay.ID.PART". Alternative names are unique in a network namespace, survive
/// renaming and any later session, and go with the link; the alias stays the user's.
/// </summary>
/// <param name="Id">Sixteen hexadecimal digits, the same for all parts of one relay.</param>
/// <param name="Part">Which part.</param>
internal readonly record struct RelayMark(string Id, string Part)
{
    internal const string Lower = "lower";
    internal const string Port = "port";
    internal const string Bridge = "bridge";
    internal const string Uplink = "uplink";

    /// <summary>The uplink was switched off before.</summary>
    internal const string UplinkOff = "uplink-was-off";

    private const string Prefix = "macvtaptools.relay.";
    private const int IdBytes = 8;

    internal static string NewId() => $"{BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(IdBytes)):x16}";

    /// <summary>The marks of a link.</summary>
    internal static IEnumerable<RelayMark> Of(Link link)
    {
        foreach (string name in link.AlternativeName)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            string[] parts = name[Prefix.Length..].Split('.');
            if (parts is [{ Length: IdBytes * 2 } id, var part] && id.All(static c => char.IsAsciiHexDigitLower(c))) yield return new RelayMark(id, part);
        }
    }

    /// <summary>The alternative name.</summary>
    public override string ToString() => $"{Prefix}{Id}.{Part}";
}
