using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>What a kind of link is told in IFLA_LINKINFO. One derived class, in one file, for each kind that this library makes.</summary>
internal abstract class KindSettings
{
    /// <summary>The kernel's name of the kind.</summary>
    internal abstract string Kind { get; }

    /// <summary>Whether there is anything for IFLA_INFO_DATA.</summary>
    internal virtual bool HasData => true;

    /// <summary>Writes what belongs into IFLA_INFO_DATA.</summary>
    internal abstract void WriteData(MessageWriter message);

    /// <summary>Writes IFLA_LINKINFO.</summary>
    internal void Write(MessageWriter message)
    {
        using (message.Nest(IFLA.LINKINFO))
        {
            message.Text(IFLA.INFO_KIND, Kind);
            if (!HasData) return;
            using (message.Nest(IFLA.INFO_DATA)) WriteData(message);
        }
    }
}
