namespace MacvtapTools.Tracing;

/// <summary>How an attribute's bytes are written down.</summary>
internal enum AttributeFormat
{
    /// <summary>Hexadecimal.</summary>
    Bytes,

    /// <summary>A number without a sign, of as many bytes as there are.</summary>
    Number,

    /// <summary>A number with a sign.</summary>
    Signed,

    /// <summary>Text up to a NUL.</summary>
    Text,

    /// <summary>A hardware address.</summary>
    HardwareAddress,

    /// <summary>An IPv4 or IPv6 address, by its length.</summary>
    IPAddress,

    /// <summary>Attributes.</summary>
    Nest,

    /// <summary>Attributes whose meaning the kind tells that stands before them (IFLA_INFO_DATA).</summary>
    NestOfKind,
}
