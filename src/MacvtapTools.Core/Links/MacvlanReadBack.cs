using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>
/// Compares what was asked for with what the kernel has. It must be asked: unknown attributes are ignored without an error
/// (nla_parse_nested_deprecated in net/core/rtnetlink.c), and a passthru link takes its lower device's address whatever it was told.
/// </summary>
internal static class MacvlanReadBack
{
    /// <summary>Compares the lists as sets of addresses: the kernel has its own order, and a user may write one address twice and in two spellings.</summary>
    internal static ReadBackDifference? CompareSources(IReadOnlyCollection<string> wanted, MacvlanFacts made)
    {
        HashSet<string> expected = [.. SourceAddressList.Parse(wanted).Select(a => HardwareAddress.Format(a)!)];
        if (expected.SetEquals(made.SourceAddresses)) return null;
        return new ReadBackDifference(nameof(MacvlanLink.SourceAddress), $"{expected.Count} addresses", $"{made.SourceAddressCount} addresses, {expected.Intersect(made.SourceAddresses).Count()} of these among them");
    }

    internal static IReadOnlyList<ReadBackDifference> Compare(MacvlanSpecification wanted, byte[]? address, LinkRecord made)
    {
        List<ReadBackDifference>? found = null;
        if (made.Macvlan is not { } facts) return [new ReadBackDifference(nameof(Link.Kind), wanted.IsTap ? "macvtap" : "macvlan", made.Kind)];
        Check(nameof(MacvlanLink.Mode), wanted.Mode, facts.Mode);
        if (made.LinkIndex is { } lower && made.LinkNamespaceId is null && lower != wanted.LowerDeviceIndex)
            Add(nameof(Link.LowerDevice), $"{wanted.LowerDevice} (index {wanted.LowerDeviceIndex})", $"index {lower}", $"{wanted.LowerDevice} is itself a macvlan or macvtap, and the kernel takes the device under it");
        if (wanted.Flag is { } flag) Check(nameof(MacvlanLink.ModeFlag), flag, facts.Flags);
        if (address is not null && HardwareAddress.Format(address) is { } text && text != made.Address)
            Add(nameof(Link.MacAddress), text, made.Address, wanted.Mode == LinkMode.Passthru ? "a passthru link takes the address of its lower device; change it afterwards, and the lower device's changes with it" : null);
        if (wanted.Mtu is { } mtu) Check(nameof(Link.Mtu), (uint)mtu, made.Mtu);
        if (wanted.TransmitQueueLength is { } length) Check(nameof(Link.TransmitQueueLength), (uint)length, made.TransmitQueueLength);
        if (wanted.QueueCount is { } queues) Check(nameof(Link.QueueCount), (uint)queues, made.TransmitQueueCount);
        if (wanted.InterfaceIndex is { } index) Check(nameof(Link.InterfaceIndex), index, made.Index);
        if (wanted.Alias is { Length: > 0 } alias) Check(nameof(Link.Alias), alias, made.Alias);
        if (wanted.AddressGeneration is { } mode && made.AddressGeneration is { } actual) Check(nameof(Link.AddressGeneration), mode, actual);
        if (wanted.BroadcastQueueLength is { } queue && facts.BroadcastQueueLength != (uint)queue)
            Add(nameof(MacvlanLink.BroadcastQueueLength), queue, facts.BroadcastQueueLength, facts.BroadcastQueueLength is null ? "this kernel does not know it" : null);
        if (wanted.BroadcastCutoff is { } cutoff && (facts.BroadcastCutoff ?? 1) != cutoff)
            Add(nameof(MacvlanLink.BroadcastCutoff), cutoff, facts.BroadcastCutoff, "this kernel does not know it, or another link of the same lower device changed it");
        if (wanted.SourceAddress is { } sources && CompareSources(sources, facts) is { } difference) (found ??= []).Add(difference);
        return found ?? (IReadOnlyList<ReadBackDifference>)[];

        void Check<T>(string property, T expected, T actual)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual)) Add(property, expected, actual);
        }

        void Add(string property, object? expected, object? actual, string? reason = null) => (found ??= []).Add(new ReadBackDifference(property, expected, actual, reason));
    }
}
