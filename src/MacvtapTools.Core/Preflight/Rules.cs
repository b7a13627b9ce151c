using System.Text;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Preflight;

/// <summary>Checks of the kernel that several requests share.</summary>
internal static class Rules
{
    internal const int SmallestMtu = 68; // ETH_MIN_MTU
    internal const int LargestMtu = 65535; // ETH_MAX_MTU
    internal const int SmallestMtuOfIPv6 = 1280;
    private const int LongestAlias = 255; // IFALIASZ - 1
    internal const string PolicyFailed = "Attribute failed policy validation";
    private const string MtuTooSmall = "mtu less than device minimum";
    private const string MtuTooLarge = "mtu greater than device maximum";

    /// <summary>An index and a name of a new link (__rtnl_newlink): where an index is given, the name is looked at only when the link is registered.</summary>
    internal static void RequireFree(LinkSnapshot there, int? index, string? name, string operation)
    {
        if (index is { } number && there.Find(number) is not null) throw new PredictedRefusal(Errno.EEXIST, operation);
        RequireFree(there, name, operation);
    }

    /// <summary>A name that a new link shall have.</summary>
    internal static void RequireFree(LinkSnapshot there, string? name, string operation)
    {
        if (name is not null && !LinkName.IsPattern(name) && there.Find(name) is not null) throw new PredictedRefusal(Errno.EEXIST, operation);
    }

    /// <summary>dev_validate_mtu in net/core/dev.c.</summary>
    internal static void RequireMtu(long? mtu, long smallest, long? largest, string operation, bool hasWords = true)
    {
        if (mtu is not { } wanted) return;

        // The kernel reads 32 bits without a sign, and compares them with the smallest MTU as a number with a sign.
        if (wanted < smallest) throw new PredictedRefusal(Errno.EINVAL, operation, hasWords ? MtuTooSmall : null);
        if (wanted > largest) throw new PredictedRefusal(Errno.EINVAL, operation, hasWords ? MtuTooLarge : null);
    }

    /// <summary>dev_set_alias.</summary>
    internal static void RequireAlias(string? alias, string operation)
    {
        if (alias is not null && Encoding.UTF8.GetByteCount(alias) > LongestAlias) throw new PredictedRefusal(Errno.ERANGE, operation, PolicyFailed);
    }

    /// <summary>inet6_set_link_af and its policy.</summary>
    /// <param name="mode">The way to generate addresses.</param>
    /// <param name="hasIPv6">Whether the link has IPv6.</param>
    /// <param name="operation">What is asked.</param>
    internal static Verdict CheckAddressGeneration(AddressGeneration mode, bool hasIPv6, string operation)
    {
        if (!hasIPv6) throw new PredictedRefusal(Errno.EAFNOSUPPORT, operation);
        if (!Enum.IsDefined(mode)) throw new PredictedRefusal(Errno.EINVAL, operation);
        return mode == AddressGeneration.StablePrivacy ? new Verdict("whether there is a secret for stable addresses (net.ipv6.conf.*.stable_secret) shows only when it is needed") : Verdict.Accepted;
    }
}
