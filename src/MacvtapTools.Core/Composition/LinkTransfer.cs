using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Multicast;
using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Composition;

/// <summary>
/// A move into another network namespace that is read back, with what the kernel drops on the way put back before anybody switches the link on again.
/// </summary>
/// <param name="here">The session of the link's namespace.</param>
/// <param name="there">The session of the destination.</param>
internal sealed class LinkTransfer(LinkSession here, LinkSession there)
{
    /// <summary>Whether the destination is the link's own namespace: there is nothing to move then, and the kernel says so by doing nothing.</summary>
    internal bool IsSame => here.Namespace.IsSameAs(there.Namespace);

    /// <summary>Refuses what the kernel would acknowledge and not do, or do by half.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid, LinkExists.</exception>
    internal void Check(Link link, string? newName, int? newIndex)
    {
        if (newName is not null) LinkName.ThrowIfInvalid(newName);
        if (IsSame)
        {
            if (newIndex is null || newIndex == link.InterfaceIndex) return;
            throw new MacvtapException(
                FailureId.ParameterInvalid,
                $"{link.Name} is in that network namespace already, and a link gets another interface index only when it moves.",
                "Leave -NewInterfaceIndex out, or give another destination.",
                link);
        }

        // The kernel moves first and renames then: what it refuses of the name leaves the link there, under its old one.
        if (newName is not null && there.Reader.Find(newName) is { } owner) throw NameCauses.NameTaken(link, owner, newName);
    }

    /// <summary>Moves.</summary>
    /// <param name="link">The link.</param>
    /// <param name="newName">The name to have there; null keeps it.</param>
    /// <param name="newIndex">The interface index to have there; null keeps it where it is free.</param>
    /// <param name="onLost">Told what was lost on the way and could not be put back, in a sentence with the line that would.</param>
    /// <returns>The link as it is there.</returns>
    /// <exception cref="MacvtapException">The link, or its name or index, cannot be so; ReadBackMismatch.</exception>
    /// <exception cref="KernelException">The kernel refused.</exception>
    internal Link Move(Link link, string? newName, int? newIndex, Action<string> onLost)
    {
        Check(link, newName, newIndex);
        if (IsSame) return Stay(link, newName);
        MovedSettings settings = MovedSettings.Read(here, link);
        HashSet<int>? before = newIndex is null && newName is not null && LinkName.IsPattern(newName) ? [.. there.Reader.List().Links.Select(l => l.InterfaceIndex)] : null;
        here.Mover.Move(link, there.Namespace, newName, newIndex);
        Link moved = ReadBack.Of(() => Find(link, newName, newIndex, before), $"{link.Name} is in network namespace {Place}", ShowsAll, link);
        PutBack(link, moved, settings, onLost);
        return ReadBack.Of(() => there.Reader.Find(moved.InterfaceIndex), $"{link.Name} is in network namespace {Place}", ShowsAll, link) ?? moved;
    }

    /// <summary>What the user may regret: what is lost and not put back. Null for nothing.</summary>
    internal string? Foretell(Link link)
    {
        if (IsSame) return null;
        MovedSettings settings = MovedSettings.Read(here, link);
        string[] addresses = [.. AddressMover.AddressesOf(here, link).Select(a => a.Address)];
        List<string> lost = [];
        if (addresses.Length > 0) lost.Add($"its IP addresses ({string.Join(", ", addresses)}) with their routes");
        if (link.Master is { } master) lost.Add($"its place in {master}");
        if (settings.OtherFilterCount > 0) lost.Add($"the filters that other programs put on it ({settings.OtherFilterCount})");
        if (settings.IsProtected && settings.Rules is null) lost.Add("its damaged protection");
        return lost.Count == 0 ? null : $"{link.Name} would lose on the way: {string.Join(", ", lost)}.";
    }

    private string Place => there.Namespace.DisplayName ?? there.Namespace.Path;

    private string ShowsAll => $"Get-Link{CommandText.Place(Place)} shows what is there.";

    private Link Stay(Link link, string? newName)
    {
        if (newName is not null && newName != link.Name) return UndoLog.Step(() => here.Changer.Rename(link, newName), f => NameCauses.ExplainRename(f, link, newName, here.Reader));
        here.Mover.Move(link, there.Namespace, null, null);
        return here.Reader.Find(link.InterfaceIndex) ?? throw new KernelException(Errno.ENODEV, $"read {link.Name}");
    }

    /// <summary>The link where it is now. The kernel says neither the index nor the name that it chose there: of a pattern it is the new one of the same kind and address.</summary>
    private Link Find(Link link, string? newName, int? newIndex, HashSet<int>? before)
    {
        string name = newName ?? link.Name;
        bool isPattern = LinkName.IsPattern(name);
        Link[] candidates = before is not null ? [.. there.Reader.List().Links.Where(l => !before.Contains(l.InterfaceIndex) && IsAlike(l)).OrderByDescending(l => l.InterfaceIndex == link.InterfaceIndex)]
            : (newIndex is { } wanted && isPattern ? there.Reader.Find(wanted) : there.Reader.Find(name)) is { } found && IsAlike(found) ? [found] : [];
        Link moved = candidates.FirstOrDefault() ?? throw Mismatch($"and {name} is not there");
        if (!isPattern && moved.Name != name) throw Mismatch($"and it is called {moved.Name} there, not {name}");
        return newIndex is null || moved.InterfaceIndex == newIndex ? moved : throw Mismatch($"and it has index {moved.InterfaceIndex} there, not {newIndex}");

        bool IsAlike(Link candidate) => candidate.Kind == link.Kind && candidate.MacAddress == link.MacAddress;

        MacvtapException Mismatch(string what) => new(FailureId.ReadBackMismatch, $"The kernel acknowledged that {link.Name} moves to network namespace {Place}, {what}.", ShowsAll, link);
    }

    /// <summary>The protection first: nothing is to be sent without it.</summary>
    private void PutBack(Link link, Link moved, MovedSettings settings, Action<string> onLost)
    {
        if (settings.Rules is { } rules) Try("The protection", moved.Command("Protect-Link", rules.Parameters()), () => new ProtectionClient(there.Conversation).Set(moved, rules));
        else if (settings.IsProtected) onLost($"The protection of {moved.Name} was damaged, and is lost. Protect-Link protects it anew.");
        if (settings.OtherFilterCount > 0) onLost($"The filters that other programs had put on {moved.Name} are lost ({settings.OtherFilterCount}).");
        var groups = new MulticastClient(there.Conversation, there.Namespace);
        foreach (string group in settings.Groups)
        {
            Try($"The multicast group {group}", moved.Command("Add-LinkMulticastGroup", group), () =>
            {
                if (HardwareAddress.TryParse(group, out byte[]? address) && groups.Find(moved, address) is not { IsStatic: true }) groups.Add(moved, address);
            });
        }

        if (link.AddressGeneration is { } generation && moved.AddressGeneration is { } now && now != generation)
        {
            Try("The way of making IPv6 addresses", moved.Command("Set-Link", $"-AddressGeneration {generation}"), () =>
            {
                if (there.Editor.Apply([new AddressGenerationChange(moved, generation)]) is { } failure) throw EditCauses.Explain(failure, 1, there.Reader);
            });
        }

        void Try(string what, string line, Action work)
        {
            try
            {
                work();
            }
            catch (Exception failure) when (failure is KernelException or MacvtapException)
            {
                onLost($"{what} of {moved.Name} was lost on the way and could not be put back: {failure.Message} {line}");
            }
        }
    }
}
