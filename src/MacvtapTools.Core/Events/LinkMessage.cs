using MacvtapTools.Route;

namespace MacvtapTools.Events;

/// <summary>One announcement of the kernel about a link.</summary>
/// <param name="IsDeletion">RTM_DELLINK instead of RTM_NEWLINK.</param>
/// <param name="Family">0 speaks of the link; 7 (AF_BRIDGE) of the link as a bridge port, where a deletion means that it left the bridge.</param>
/// <param name="Record">What the message says.</param>
internal readonly record struct LinkMessage(bool IsDeletion, byte Family, LinkRecord Record)
{
    /// <summary>Decodes a message; false for one of another type or family, or one that says nothing about the link itself.</summary>
    internal static bool TryRead(ushort type, ReadOnlySpan<byte> body, out LinkMessage message)
    {
        message = default;
        if (type is not (RtnetlinkConstants.RTM_NEWLINK or RtnetlinkConstants.RTM_DELLINK) || body.IsEmpty) return false;
        byte family = body[0];
        if (family is not (RtnetlinkConstants.AF_UNSPEC or RtnetlinkConstants.AF_BRIDGE)) return false;
        LinkRecord record = LinkCodec.Read(body);
        message = new LinkMessage(type == RtnetlinkConstants.RTM_DELLINK, family, record);
        return record is { Index: > 0, IsPartial: false };
    }
}
