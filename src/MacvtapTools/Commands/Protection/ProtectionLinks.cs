using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;
using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets about protection share.</summary>
internal static class ProtectionLinks
{
    /// <summary>The link, where it is one whose guest sends through the hook that we look at.</summary>
    /// <exception cref="MacvtapException">NotMacvlanLink.</exception>
    internal static MacvlanLink Require(Link link) => link as MacvlanLink ?? throw new MacvtapException(
        FailureId.NotMacvlanLink,
        $"{link.Name} is no macvlan or macvtap, and only these can be protected.",
        "What a guest sends leaves a macvtap; at other links it arrives, or is mixed with what others send. Protect the macvtap that the guest uses.",
        link);

    /// <summary>The MAC addresses of the other links of its lower device, in every network namespace that can be looked into.</summary>
    /// <param name="link">The link.</param>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="open">Opens the session of another namespace.</param>
    /// <exception cref="MacvtapException">LowerDeviceNotFound.</exception>
    internal static IReadOnlyList<ulong> Siblings(MacvlanLink link, LinkSession session, Func<string?, LinkSession> open)
    {
        LinkSession there = session;
        if (link.LowerDeviceNamespaceId is not null)
        {
            there = open(link.LowerDeviceNamespace ?? throw new MacvtapException(
                FailureId.LowerDeviceNotFound,
                $"The lower device of {link.Name} is in another network namespace, which has no name here: its other links cannot be found.",
                "Run the command where that namespace has a name (ip netns attach gives it one).",
                link));
        }

        Link lower = there.Reader.Find(link.LowerDeviceIndex ?? 0) ?? throw new MacvtapException(FailureId.LowerDeviceNotFound, $"The lower device of {link.Name} is gone.", null, link);
        return [.. new SceneReader(there, open).Siblings(lower)
            .SelectMany(s => s.Links)
            .Where(s => s.MacAddress != link.MacAddress)
            .Select(s => HardwareAddress.TryParse(s.MacAddress, out byte[]? address) ? ProtectionRules.MacNumber(address) : 0)
            .Where(n => n != 0)
            .Distinct()];
    }
}
