using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Multicast;
using MacvtapTools.Protection;

namespace MacvtapTools.Composition;

/// <summary>
/// What a link has that the kernel drops when the link moves into another namespace (__dev_change_net_namespace in net/core/dev.c): hooks with their filters, multicast
/// groups, and what IPv6 keeps of it.
/// </summary>
internal sealed class MovedSettings
{
    private MovedSettings(ProtectionReading? filters, IReadOnlyList<string> groups)
    {
        Filters = filters;
        Groups = groups;
    }

    /// <summary>Whether it was protected by this module, in whatever state that is.</summary>
    internal bool IsProtected => Filters is { IsProtected: true };

    /// <summary>The rules of the protection; null where there is none, or none that is understood.</summary>
    internal ProtectionRules? Rules => IsProtected ? Filters!.Rules : null;

    /// <summary>The multicast groups that somebody added by hand. What the host joined, the host joins again.</summary>
    internal IReadOnlyList<string> Groups { get; }

    /// <summary>How many filters of other programs hang on the hooks.</summary>
    internal int OtherFilterCount => Filters?.Filters.Count(f => f.Handle != 0 && !ProtectionReading.IsOurs(f)) ?? 0;

    private ProtectionReading? Filters { get; }

    /// <summary>Reads them.</summary>
    internal static MovedSettings Read(LinkSession session, Link link) =>
        new(ReadFilters(session, link), [.. new MulticastClient(session.Conversation, session.Namespace).List([link]).Where(g => g.IsStatic == true).Select(g => g.MacAddress)]);

    private static ProtectionReading? ReadFilters(LinkSession session, Link link)
    {
        try
        {
            return new ProtectionClient(session.Conversation).Read(link);
        }
        catch (KernelException failure) when (failure.Errno is Errno.EOPNOTSUPP or Errno.ENOENT)
        {
            return null; // A kernel without filters.
        }
    }
}
