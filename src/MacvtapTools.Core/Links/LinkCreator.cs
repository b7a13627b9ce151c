using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Makes links. A link that cannot be finished as it was asked for is removed again before the failure is reported.</summary>
internal sealed class LinkCreator(NetlinkConversation conversation, LinkReader reader)
{
    /// <summary>Makes a macvlan or macvtap and gives it back as the kernel has it.</summary>
    /// <param name="wanted">What to make; the lower device is one of this creator's namespace.</param>
    /// <param name="destination">The session of another namespace that the link shall be in; null makes it where its lower device is.</param>
    /// <exception cref="MacvtapException">A name, index, address or list that cannot be.</exception>
    /// <exception cref="NetlinkException">The kernel refused; nothing stands.</exception>
    internal ChangeResult<Link> Create(MacvlanSpecification wanted, LinkSession? destination = null)
    {
        Parse(wanted, out byte[]? address, out IReadOnlyList<byte[]>? sources);
        var kind = new MacvlanSettings(wanted.IsTap ? MacvlanSettings.Macvtap : MacvlanSettings.Macvlan)
        {
            Mode = wanted.Mode,
            Flags = wanted.Flag,
            SourceAddresses = sources,
            BroadcastQueueLength = (uint?)wanted.BroadcastQueueLength,
            BroadcastCutoff = wanted.BroadcastCutoff,
        };

        // The kernel takes address generation and alias in no create message; then the link is made down, finished, and switched on last.
        bool hasFinish = wanted.AddressGeneration is not null || wanted.Alias is not null;
        var link = new LinkSettings
        {
            Name = wanted.Name,
            Index = wanted.InterfaceIndex ?? 0,
            LowerIndex = wanted.LowerDeviceIndex,
            Address = address,
            Mtu = (uint?)wanted.Mtu,
            TransmitQueueLength = (uint?)wanted.TransmitQueueLength,
            QueueCount = (uint?)wanted.QueueCount,
            Up = wanted.Up && !hasFinish,
        };

        LinkRecord made = destination is null
            ? CreateOne(link, kind, $"create {wanted.Label}")
            : new CrossCreator(conversation).Create(link, kind, destination, $"create {wanted.Label}");
        if (hasFinish) made = (destination?.Creator ?? this).Finish(made, wanted);

        // A macvlan on a macvlan lands on the real lower device, whose name is another one.
        Link named = destination is not null ? destination.Reader.Name(made) : made.LinkIndex == wanted.LowerDeviceIndex ? reader.Name(made, wanted.LowerDevice) : reader.Name(made);
        return new ChangeResult<Link>(named, MacvlanReadBack.Compare(wanted, address, made));
    }

    /// <summary>Refuses what the kernel would take for something else, or refuse without a word, and gives the addresses as bytes.</summary>
    /// <exception cref="MacvtapException">A name, index, address or list that cannot be.</exception>
    internal static void Parse(MacvlanSpecification wanted, out byte[]? address, out IReadOnlyList<byte[]>? sources)
    {
        if (wanted.Name is { } name) LinkName.ThrowIfInvalid(name);

        // 0 would mean "any" to the kernel, and the link would stand with another index than was asked for.
        if (wanted.InterfaceIndex is < 1)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{wanted.InterfaceIndex} is no interface index: they are numbers from 1 on.", "Leave it out, and the kernel picks one.", wanted.InterfaceIndex);
        address = wanted.MacAddress is { } text ? MacAddressText.Parse(text) : null;
        sources = wanted.SourceAddress is { } list ? SourceAddressList.Parse(list) : null;
    }

    /// <summary>Makes a link of another kind.</summary>
    internal LinkRecord Create(LinkSettings link, KindSettings kind)
    {
        if (link.Name is { } name) LinkName.ThrowIfInvalid(name);
        return CreateOne(link, kind, $"create {kind.Kind} {link.Name ?? "(name from the kernel)"}");
    }

    private LinkRecord CreateOne(LinkSettings link, KindSettings kind, string operation)
    {
        LinkRecord? made = null;
        LinkRequests.Create(conversation.Compose(), link, kind, echo: true);
        RequestOutcome outcome = conversation.Exchange((_, _, body) => made = LinkCodec.Read(body))[0];
        outcome.ThrowIfFailed(operation);

        // Kernels before 6.2 ignore the wish for an echo; a link that got its name from the kernel is then found by its index or not at all.
        made ??= link.Name is { } name && !LinkName.IsPattern(name) ? reader.FindRecord(name) : link.Index > 0 ? reader.FindRecord(link.Index) : null;
        return made ?? throw new KernelException(Errno.EPROTO, operation, "the kernel acknowledged the new link and did not say which one it is");
    }

    /// <summary>What a create message cannot carry, in one send, and the link read back in the same.</summary>
    private LinkRecord Finish(LinkRecord made, MacvlanSpecification wanted)
    {
        RequestBuffer requests = conversation.Compose();
        var steps = new List<string>(4);
        int generation = -1;
        if (wanted.Alias is { } alias)
        {
            steps.Add("set the alias");
            LinkRequests.SetAlias(requests, made.Index, alias);
        }

        if (wanted.AddressGeneration is { } mode)
        {
            generation = steps.Count;
            steps.Add("set the IPv6 address generation");
            LinkRequests.SetAddressGeneration(requests, made.Index, mode);
        }

        if (wanted.Up)
        {
            steps.Add("switch on");
            LinkRequests.SetFlags(requests, made.Index, RtnetlinkConstants.IFF_UP, RtnetlinkConstants.IFF_UP);
        }

        steps.Add("read back");
        LinkRequests.Get(requests, made.Index);
        LinkRecord? finished = null;
        try
        {
            ReadOnlySpan<RequestOutcome> outcomes = conversation.Exchange((_, _, body) => finished = LinkCodec.Read(body));
            for (int i = 0; i < outcomes.Length; i++)
            {
                // No IPv6 on the link (an MTU below 1280, or none in the kernel): then the host makes no address either.
                if (i == generation && outcomes[i].Errno == Errno.EAFNOSUPPORT && wanted.AddressGeneration == AddressGeneration.None) continue;
                outcomes[i].ThrowIfFailed($"create {wanted.Label}: {steps[i]}");
            }
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            if (HalfMade.Remove(conversation, made, reader.NetworkNamespace, failure) is { } standing) throw standing;
            throw;
        }

        return finished ?? made;
    }
}
