using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Route;

namespace MacvtapTools.Addresses;

/// <summary>From what a user writes to an address of a link. What the kernel would refuse without a word, or take and not keep, is refused here.</summary>
internal static class AddressBuilder
{
    private const string HighestOfNetwork = "+";
    private const byte LoopbackNetwork = 127;

    /// <summary>Composes an address.</summary>
    /// <param name="link">The link that is to have it.</param>
    /// <param name="address">The address.</param>
    /// <param name="options">The rest.</param>
    /// <exception cref="MacvtapException">AddressInvalid, ParameterInvalid.</exception>
    internal static AddressRecord Build(Link link, IPPrefix address, AddressOptions options)
    {
        byte[]? peer = null;
        int length = address.Length;
        if (!string.IsNullOrEmpty(options.Peer))
        {
            IPPrefix other = IPPrefix.Parse(options.Peer);
            if (other.Family != address.Family) throw Invalid(FailureId.AddressInvalid, $"the peer {options.Peer} is of the other family", "The addresses of both ends are of one family.");
            peer = other.Bytes;
            if (options.Peer.Contains('/')) length = other.Length;
        }

        uint valid = Seconds(options.ValidLifetime, nameof(AddressOptions.ValidLifetime), 1);
        uint preferred = options.PreferredLifetime is null ? valid : Seconds(options.PreferredLifetime, nameof(AddressOptions.PreferredLifetime), 0);
        if (preferred > valid) throw Invalid(FailureId.ParameterInvalid, "its preferred lifetime is longer than its valid one", "Give -PreferredLifetime at most the time of -ValidLifetime.");
        if (address.Family == IPFamily.IPv6) RefuseForIPv6(options);
        return new AddressRecord
        {
            Family = (byte)address.Family,
            PrefixLength = length,
            Index = link.InterfaceIndex,
            Scope = (byte)(options.Scope ?? (address.Family == IPFamily.IPv4 && address.Bytes[0] == LoopbackNetwork ? AddressScope.Host : AddressScope.Global)),
            Local = address.Bytes,
            Address = peer,
            Flags = (options.NoDuplicateAddressDetection && address.Family == IPFamily.IPv6 ? AddressCodec.IFA_F_NODAD : 0) | (options.NoPrefixRoute ? AddressCodec.IFA_F_NOPREFIXROUTE : 0),
            Broadcast = Broadcast(options.Broadcast, new IPPrefix(peer ?? address.Bytes, length)),
            Label = Label(options.Label),
            ValidLifetime = valid,
            PreferredLifetime = preferred,
            Metric = options.Metric,
        };

        MacvtapException Invalid(FailureId id, string why, string advice) => new(id, $"Could not give {link.Name} the address {address}: {why}.", advice, link);

        uint Seconds(TimeSpan? time, string name, uint least)
        {
            if (time is not { } value || value == TimeSpan.MaxValue || value == Timeout.InfiniteTimeSpan) return AddressCodec.Forever;
            double seconds = Math.Ceiling(value.TotalSeconds);
            return seconds >= least && seconds < AddressCodec.Forever
                ? (uint)seconds
                : throw Invalid(FailureId.ParameterInvalid, $"-{name} {value} is not a time that the kernel can keep", $"Give {least} seconds or more, or leave it out for ever.");
        }

        void RefuseForIPv6(AddressOptions given)
        {
            if (!string.IsNullOrEmpty(given.Label)) throw Invalid(FailureId.ParameterInvalid, "an IPv6 address has no label", "Leave out -Label.");
            if (!string.IsNullOrEmpty(given.Broadcast)) throw Invalid(FailureId.ParameterInvalid, "IPv6 has no broadcast", "Leave out -Broadcast.");
            if (given.Scope is not null) throw Invalid(FailureId.ParameterInvalid, "the scope of an IPv6 address is in the address", "Leave out -Scope.");
        }

        string? Label(string? text) => string.IsNullOrEmpty(text) ? null
            : Encoding.UTF8.GetByteCount(text) <= RtnetlinkConstants.LongestName ? text
            : throw Invalid(FailureId.ParameterInvalid, $"the label '{text}' is too long", $"A label has up to {RtnetlinkConstants.LongestName} bytes; by custom it is the link's name, a colon and a word: {link.Name}:web.");

        byte[]? Broadcast(string? text, IPPrefix network)
        {
            if (string.IsNullOrEmpty(text)) return null;
            if (text == HighestOfNetwork) return network.Highest();
            byte[] bytes = IPPrefix.ParseAddress(text);
            return bytes.Length == address.Bytes.Length ? bytes : throw Invalid(FailureId.AddressInvalid, $"the broadcast address {text} is of the other family", "Give an IPv4 address, or + for the highest one of the network.");
        }
    }
}
