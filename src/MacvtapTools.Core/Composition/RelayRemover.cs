using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Composition;

/// <summary>Undoes a reflective relay: what came with it goes, what was there before is as before. What somebody changed meanwhile is left, and told.</summary>
/// <param name="session">The session of its namespace.</param>
internal sealed class RelayRemover(LinkSession session)
{
    /// <summary>Links of others that use the relay's own bridge: its further ports, and macvlans on it.</summary>
    internal IReadOnlyList<Link> UsersOfBridge(ReflectiveRelay relay)
    {
        if (!relay.OwnsBridge || relay.BridgeLink is not { } bridge) return [];
        int[] parts = [.. RelayReader.Parts(relay).Select(p => p.InterfaceIndex)];
        return [.. session.Reader.List().Links.Where(l => !parts.Contains(l.InterfaceIndex) && (l.MasterIndex == bridge.InterfaceIndex || (l.LowerDeviceIndex == bridge.InterfaceIndex && l.LowerDeviceNamespaceId is null)))];
    }

    /// <summary>Removes it.</summary>
    /// <param name="relay">The relay, as it was read just now.</param>
    /// <param name="takesUsedBridge">Also a bridge that others use.</param>
    /// <returns>What stands and why, a sentence each.</returns>
    /// <exception cref="MacvtapException">The kernel refused a step; the message says which. What stands keeps its marks, so that it can be tried again.</exception>
    internal IReadOnlyList<string> Remove(ReflectiveRelay relay, bool takesUsedBridge)
    {
        List<string> standing = [];
        if (relay.UplinkLink is { } uplink && Step(() => Release(session, uplink.InterfaceIndex, relay.BridgeLink?.InterfaceIndex, relay.Id), uplink) is { } left) standing.Add(left);

        // Both ends of the pair go with either; the links on the lower device go with it.
        if ((relay.LowerLink ?? relay.PortLink) is { } end) Delete(end);
        if (relay.LowerLink is not null && relay.PortLink is { } port && IsThere(port)) Delete(port);
        if (!relay.OwnsBridge || relay.BridgeLink is not { } bridge) return standing;
        IReadOnlyList<Link> users = UsersOfBridge(relay);
        if (users.Count == 0 || takesUsedBridge)
        {
            Delete(bridge);
            return standing;
        }

        Step<object?>(
            () =>
            {
                Unmark(session, bridge, relay.Id);
                return null;
            },
            bridge);
        standing.Add($"The bridge {bridge.Name} stands, and is an ordinary one now, because others use it: {string.Join(", ", users)}. {bridge.Command("Remove-Link")} removes it.");
        return standing;
    }

    /// <summary>Gives an uplink back: no port of the bridge any more, switched off where it was off, without marks. What somebody changed meanwhile stays.</summary>
    /// <returns>What is not as it was before the relay, or null.</returns>
    internal static string? Release(LinkSession session, int uplinkIndex, int? bridgeIndex, string id)
    {
        if (session.Reader.Find(uplinkIndex) is not { } uplink) return null;
        bool isElsewhere = uplink.MasterIndex is { } master && master != bridgeIndex;
        if (uplink.MasterIndex is not null && !isElsewhere) session.Changer.SetMaster(uplink, null);
        bool wasOff = RelayMark.Of(uplink).Contains(new RelayMark(id, RelayMark.UplinkOff));
        if (wasOff && !isElsewhere) session.Changer.SetUp(uplink, false);
        Unmark(session, uplink, id);
        return isElsewhere ? $"{uplink.Name} is a port of {uplink.Master} now, and stays that." : null;
    }

    private static void Unmark(LinkSession session, Link link, string id)
    {
        string[] marks = [.. RelayMark.Of(link).Where(m => m.Id == id).Select(m => m.ToString())];
        if (session.AlternativeNames.Remove(link, marks) is { } failure) throw NameCauses.ExplainAlternativeNames(failure, link, session.Reader);
    }

    private bool IsThere(Link link) => session.Reader.Find(link.InterfaceIndex) is { } now && now.AlternativeName.SequenceEqual(link.AlternativeName);

    private void Delete(Link link) => Step<object?>(
        () =>
        {
            if (IsThere(link) && session.Remover.Remove(link).Failure is { Errno: not Errno.ENODEV } failure) throw failure;
            return null;
        },
        link);

    private static T Step<T>(Func<T> work, Link part)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            MacvtapException cause = failure as MacvtapException ?? GeneralCauses.Explain((KernelException)failure, part);
            throw new MacvtapException(
                cause.Id,
                $"The relay is removed in part only: {part.Name} stands ({cause.Message.TrimEnd('.')}).",
                "Get-ReflectiveRelay shows what is left; Remove-ReflectiveRelay goes on with it.",
                part,
                cause.InnerException);
        }
    }
}
