namespace MacvtapTools.Netlink;

/// <summary>What the kernel says beside an error number: NLMSGERR_ATTR_* (include/uapi/linux/netlink.h).</summary>
/// <param name="Text">The kernel's words, or null.</param>
/// <param name="Offset">Where in the request the attribute stands that it minds, in bytes from the message's start, or null.</param>
/// <param name="MissingAttribute">The number of an attribute that it misses, or null.</param>
internal sealed record ExtendedAck(string? Text, int? Offset, int? MissingAttribute)
{
    /// <summary>Reads the attributes, or gives null where there are none.</summary>
    internal static ExtendedAck? Read(ReadOnlySpan<byte> attributes)
    {
        string? text = null;
        int? offset = null;
        int? missing = null;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetlinkConstants.NLMSGERR_ATTR_MSG: text = reader.Text; break;
                case NetlinkConstants.NLMSGERR_ATTR_OFFS: offset = reader.S32; break;
                case NetlinkConstants.NLMSGERR_ATTR_MISS_TYPE: missing = reader.S32; break;
            }
        }

        return text is null && offset is null && missing is null ? null : new ExtendedAck(text, offset, missing);
    }
}
