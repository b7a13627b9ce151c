using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Changes the list of addresses that a source-mode link receives from. To add what is there and to remove what is not are no errors for the kernel.</summary>
internal sealed class SourceAddressEditor(NetlinkConversation conversation, LinkReader reader)
{
    /// <summary>Adds addresses. If one fails, those added before it are removed again.</summary>
    /// <returns>Null, or what failed.</returns>
    /// <exception cref="MacvtapException">MacAddressInvalid; ParameterInvalid where the list would become longer than the kernel can report.</exception>
    internal ListEditFailure? Add(MacvlanLink link, IReadOnlyCollection<string> addresses) => Edit(link, ToAdd(link, addresses), SourceListChange.Add, SourceListChange.Remove);

    /// <summary>Removes addresses; those that are not in the list are passed over. If one fails, those removed before it are added again.</summary>
    /// <returns>Null, or what failed.</returns>
    /// <exception cref="MacvtapException">MacAddressInvalid.</exception>
    internal ListEditFailure? Remove(MacvlanLink link, IReadOnlyCollection<string> addresses) => Edit(link, ToRemove(link, addresses), SourceListChange.Remove, SourceListChange.Add);

    /// <summary>Those of some addresses that are not in the list.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid; ParameterInvalid where the list would become longer than the kernel can report.</exception>
    internal static List<byte[]> ToAdd(MacvlanLink link, IReadOnlyCollection<string> addresses)
    {
        List<byte[]> added = [.. SourceAddressList.Parse(addresses).Where(a => !link.SourceAddress.Contains(Text(a))).DistinctBy(Text)];
        SourceAddressList.ThrowIfTooLong(link.Record.Macvlan!.SourceAddressCount + (uint)added.Count);
        return added;
    }

    /// <summary>Those of some addresses that are in the list, as far as it is known.</summary>
    /// <exception cref="MacvtapException">MacAddressInvalid.</exception>
    internal static List<byte[]> ToRemove(MacvlanLink link, IReadOnlyCollection<string> addresses)
    {
        IEnumerable<byte[]> present = SourceAddressList.Parse(addresses).DistinctBy(Text);
        return [.. link.IsSourceAddressTruncated ? present : present.Where(a => link.SourceAddress.Contains(Text(a)))];
    }

    /// <summary>What is asked of one address, in words.</summary>
    internal static string Operation(MacvlanLink link, byte[] address, SourceListChange change) => $"{(change == SourceListChange.Add ? "add" : "remove")} the source address {Text(address)} of {link.Name}";

    /// <summary>What is asked to empty the list, in words.</summary>
    internal static string ClearOperation(MacvlanLink link) => $"clear the source addresses of {link.Name}";

    /// <summary>Empties the list. If the answer is lost, the addresses that were read before are added again.</summary>
    /// <returns>Null, or what failed.</returns>
    internal ListEditFailure? Clear(MacvlanLink link)
    {
        string operation = ClearOperation(link);
        Exception? refusal = Send(link, [null], SourceListChange.Clear, out RequestOutcome[] outcomes);
        if (refusal is null && !outcomes[0].Succeeded) return new ListEditFailure(outcomes[0].ToException(operation), []);
        refusal ??= Check(link, operation, count => count == 0);
        return refusal is null ? null : new ListEditFailure(refusal, TakeBack(link, link.SourceAddress.Select(MacAddressText.Parse), SourceListChange.Add));
    }

    private ListEditFailure? Edit(MacvlanLink link, List<byte[]> addresses, SourceListChange change, SourceListChange undo)
    {
        string verb = change == SourceListChange.Add ? "add" : "remove";
        int done = 0;
        foreach (byte[][] chunk in addresses.Chunk(NetlinkConversation.MostRequestsPerSend))
        {
            Exception? refusal = Send(link, chunk, change, out RequestOutcome[] outcomes);
            int failed = Array.FindIndex(outcomes, o => !o.Succeeded);
            if (failed >= 0) refusal = outcomes[failed].ToException(Operation(link, chunk[failed], change));
            if (refusal is not null)
            {
                // What was refused did nothing; what was not answered may have done all.
                IEnumerable<byte[]> made = chunk.Where((_, i) => outcomes.Length == 0 || outcomes[i].Succeeded);
                return new ListEditFailure(refusal, TakeBack(link, addresses.Take(done).Concat(made), undo));
            }

            done += chunk.Length;
        }

        if (done == 0) return null;
        long expected = link.Record.Macvlan!.SourceAddressCount + (change == SourceListChange.Add ? done : -done);
        Exception? mismatch = Check(link, $"{verb} source addresses of {link.Name}", count => count == expected || link.IsSourceAddressTruncated);
        return mismatch is null ? null : new ListEditFailure(mismatch, TakeBack(link, addresses, undo));
    }

    /// <summary>Takes back, and gives the addresses for which that failed.</summary>
    private List<string> TakeBack(MacvlanLink link, IEnumerable<byte[]> addresses, SourceListChange undo)
    {
        var standing = new List<string>();
        foreach (byte[][] chunk in addresses.Chunk(NetlinkConversation.MostRequestsPerSend))
        {
            Send(link, chunk, undo, out RequestOutcome[] outcomes);
            standing.AddRange(chunk.Where((_, i) => outcomes.Length == 0 || !outcomes[i].Succeeded).Select(Text));
        }

        return standing;
    }

    /// <returns>Why there are no outcomes, or null.</returns>
    private Exception? Send(MacvlanLink link, IReadOnlyList<byte[]?> addresses, SourceListChange change, out RequestOutcome[] outcomes)
    {
        outcomes = [];
        try
        {
            RequestBuffer requests = conversation.Compose();
            foreach (byte[]? address in addresses)
                LinkRequests.ChangeKind(requests, link.InterfaceIndex, new MacvlanSettings(link.Kind!) { SourceListEdit = (change, address) });
            outcomes = conversation.Exchange().ToArray();
            return null;
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return failure;
        }
    }

    /// <summary>Reads the length of the list back.</summary>
    private Exception? Check(MacvlanLink link, string operation, Func<long, bool> isRight)
    {
        try
        {
            if (reader.FindRecord(link.InterfaceIndex)?.Macvlan is not { } facts)
                return new MacvtapException(FailureId.LinkNotFound, $"Could not {operation}: the link is gone.", $"Get-Link{CommandText.Place(link.NetworkNamespace)} shows what is there.", link);
            return isRight(facts.SourceAddressCount)
                ? null
                : new MacvtapException(FailureId.ReadBackMismatch, $"The kernel acknowledged to {operation}, and the list has {facts.SourceAddressCount} addresses.", $"Another program may have changed the list at the same time: look with {link.Command("Get-Link")}.", link);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return failure;
        }
    }

    private static string Text(byte[] address) => HardwareAddress.Format(address)!;
}
