using MacvtapTools.Links;
using MacvtapTools.Route;

namespace MacvtapTools;

/// <summary>A macvtap: a macvlan whose frames go to the opener of a device node instead of the host's network stack.</summary>
public sealed class MacvtapLink : MacvlanLink
{
    internal MacvtapLink(LinkRecord record, in LinkNames names)
        : base(record, names)
    {
    }

    /// <summary>Where the node should be: /dev/tap followed by the interface index. Indexes repeat across namespaces, so it can be another link's node: Get-TapDevice checks.</summary>
    public string TapDevice => $"/dev/tap{InterfaceIndex}";
}
