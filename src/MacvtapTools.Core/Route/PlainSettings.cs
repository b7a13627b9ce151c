using MacvtapTools.Netlink;

namespace MacvtapTools.Route;

/// <summary>A kind of link that is told nothing but its name.</summary>
internal sealed class PlainSettings(string kind) : KindSettings
{
    internal override string Kind => kind;

    internal override bool HasData => false;

    internal override void WriteData(MessageWriter message)
    {
    }
}
