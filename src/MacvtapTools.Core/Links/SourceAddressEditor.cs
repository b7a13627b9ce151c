using MacvtapTools.Failures;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Changes the list of addresses that a source-mode link receives from.</summary>
internal sealed class SourceAddressEditor(NetlinkConversation conversation)
{
    /// <summary>Adds addresses. If one is refused, those added before it are removed again.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid; ParameterInvalid where the list would become longer than the kernel can report.</exception>
    /// <exception cref="NetlinkException">The kernel refused; the list is as it was.</exception>
    internal void Add(MacvlanLink link, IReadOnlyCollection<string> addresses)
    {
        List<byte[]> added = [.. SourceAddressList.Parse(addresses).Where(a => !link.SourceAddress.Contains(HardwareAddress.Format(a)!)).DistinctBy(a => HardwareAddress.Format(a))];
        SourceAddressList.ThrowIfTooLong(link.Record.Macvlan!.SourceAddressCount + (uint)added.Count);
        Edit(link, added, SourceListChange.Add, SourceListChange.Remove);
    }

    /// <summary>Removes addresses; those that are not in the list are passed over. If one is refused, those removed before it are added again.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid.</exception>
    /// <exception cref="NetlinkException">The kernel refused; the list is as it was.</exception>
    internal void Remove(MacvlanLink link, IReadOnlyCollection<string> addresses)
    {
        IEnumerable<byte[]> present = SourceAddressList.Parse(addresses).DistinctBy(a => HardwareAddress.Format(a));
        if (!link.IsSourceAddressTruncated) present = present.Where(a => link.SourceAddress.Contains(HardwareAddress.Format(a)!));
        Edit(link, [.. present], SourceListChange.Remove, SourceListChange.Add);
    }

    /// <summary>Empties the list.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    internal void Clear(MacvlanLink link)
    {
        Compose(conversation.Compose(), link, SourceListChange.Clear, null);
        conversation.Exchange()[0].ThrowIfFailed($"clear the source addresses of {link.Name}");
    }

    private void Edit(MacvlanLink link, List<byte[]> addresses, SourceListChange change, SourceListChange undo)
    {
        int done = 0;
        foreach (byte[][] chunk in addresses.Chunk(NetlinkConversation.MostRequestsPerSend))
        {
            RequestOutcome[] outcomes = Send(link, chunk, change);
            int failed = Array.FindIndex(outcomes, o => !o.Succeeded);
            if (failed >= 0)
            {
                IEnumerable<byte[]> made = addresses.Take(done).Concat(chunk.Where((_, i) => outcomes[i].Succeeded));
                foreach (byte[][] back in made.Chunk(NetlinkConversation.MostRequestsPerSend)) Send(link, back, undo);
                throw outcomes[failed].ToException($"{(change == SourceListChange.Add ? "add" : "remove")} the source address {HardwareAddress.Format(chunk[failed])} of {link.Name}");
            }

            done += chunk.Length;
        }
    }

    private RequestOutcome[] Send(MacvlanLink link, byte[][] addresses, SourceListChange change)
    {
        RequestBuffer requests = conversation.Compose();
        foreach (byte[] address in addresses) Compose(requests, link, change, address);
        return conversation.Exchange().ToArray();
    }

    private static void Compose(RequestBuffer requests, MacvlanLink link, SourceListChange change, byte[]? address) =>
        LinkRequests.ChangeKind(requests, link.InterfaceIndex, new MacvlanSettings(link.Kind!) { SourceListEdit = (change, address) });
}
