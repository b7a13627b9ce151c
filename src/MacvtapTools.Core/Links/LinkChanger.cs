using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Changes links that exist. Every change is followed by a reading in the same send, so that what comes back is what the kernel has.</summary>
internal sealed class LinkChanger(NetlinkConversation conversation, LinkReader reader)
{
    /// <summary>Switches a link on or off.</summary>
    internal Link SetUp(Link link, bool up)
    {
        RequestBuffer requests = conversation.Compose();
        LinkRequests.SetFlags(requests, link.InterfaceIndex, up ? RtnetlinkConstants.IFF_UP : 0, RtnetlinkConstants.IFF_UP);
        return Run(link, $"switch {(up ? "on" : "off")} {link.Name}");
    }

    /// <summary>Changes mode and flags of a macvlan or macvtap, live: what has its device open goes on working.</summary>
    /// <param name="link">The link.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="flag">The flags to have then; null leaves them.</param>
    /// <param name="sourceAddress">The list to have then (source mode only); null leaves it.</param>
    internal ChangeResult<Link> SetMode(MacvlanLink link, LinkMode mode, ModeFlag? flag, IReadOnlyCollection<string>? sourceAddress)
    {
        var settings = new MacvlanSettings(link.Kind!)
        {
            Mode = mode,
            Flags = flag,
            SourceAddresses = sourceAddress is null ? null : SourceAddressList.Parse(sourceAddress),
        };
        LinkRequests.ChangeKind(conversation.Compose(), link.InterfaceIndex, settings);
        Link changed = Run(link, $"set the mode of {link.Name} to {mode}");
        var differences = new List<ReadBackDifference>();
        if (changed is not MacvlanLink now) differences.Add(new ReadBackDifference(nameof(Link.Kind), link.Kind, changed.Kind));
        else
        {
            if (now.Mode != mode) differences.Add(new ReadBackDifference(nameof(MacvlanLink.Mode), mode, now.Mode));
            if (flag is { } wanted && now.ModeFlag != wanted) differences.Add(new ReadBackDifference(nameof(MacvlanLink.ModeFlag), wanted, now.ModeFlag));
            if (sourceAddress is not null && now.Record.Macvlan is { } facts && MacvlanReadBack.CompareSources(sourceAddress, facts) is { } difference) differences.Add(difference);
        }

        return new ChangeResult<Link>(changed, differences);
    }

    /// <summary>Makes a link the port of a master, or with null releases it.</summary>
    internal Link SetMaster(Link link, Link? master)
    {
        LinkRequests.SetNumber(conversation.Compose(), link.InterfaceIndex, IFLA.MASTER, (uint)(master?.InterfaceIndex ?? 0));
        return Run(link, MasterOperation(link, master));
    }

    /// <summary>What is asked when a link gets a master or is released, in words.</summary>
    internal static string MasterOperation(Link link, Link? master) => master is null ? $"release {link.Name} from {link.Master}" : $"add {link.Name} to {master.Name}";

    /// <summary>Gives a link another name.</summary>
    /// <exception cref="MacvtapException">LinkNameInvalid.</exception>
    internal Link Rename(Link link, string name)
    {
        LinkName.ThrowIfInvalid(name);
        LinkRequests.SetName(conversation.Compose(), link.InterfaceIndex, name);
        return Run(link, $"rename {link.Name} to {name}");
    }

    /// <summary>Sends what is composed with a reading behind it.</summary>
    /// <exception cref="NetlinkException">The kernel refused the change, or the link was gone when it was read back.</exception>
    /// <exception cref="MacvtapException">The change stands, and the link could not be read back.</exception>
    private Link Run(Link link, string operation)
    {
        LinkRequests.Get(conversation.Requests, link.InterfaceIndex);
        LinkRecord? record = null;
        ReadOnlySpan<RequestOutcome> outcomes = conversation.Exchange((_, _, body) => record = LinkCodec.Read(body));
        outcomes[0].ThrowIfFailed(operation);
        if (outcomes[^1] is { Succeeded: false, Errno: not Errno.ENODEV } unread) throw ReadBack.Failed(unread.ToException($"read the link {link.Name}"), operation, $"Get-Link -InterfaceIndex {link.InterfaceIndex}{CommandText.Place(link.NetworkNamespace)} shows what it has.", link);
        outcomes[^1].ThrowIfFailed(operation);
        return record is null ? link : reader.Name(record);
    }
}
