using MacvtapTools.Route;

namespace MacvtapTools.Events;

/// <summary>Of which links announcements came since a dump was begun: the dump may be older than they are.</summary>
internal sealed class NewerLinks
{
    /// <summary>The indexes of links that the kernel announced.</summary>
    internal HashSet<int> Links { get; } = [];

    /// <summary>The indexes of links of which a bridge announced the port.</summary>
    internal HashSet<int> Ports { get; } = [];

    internal bool IsEmpty => Links.Count == 0 && Ports.Count == 0;

    internal void Clear()
    {
        Links.Clear();
        Ports.Clear();
    }

    /// <summary>Notes an announcement.</summary>
    internal void Note(in LinkMessage message) => (message.Family == RtnetlinkConstants.AF_BRIDGE ? Ports : Links).Add(message.Record.Index);
}
