using MacvtapTools.Protection;
using MacvtapTools.Route;

namespace MacvtapTools.Forwarding;

/// <summary>What the filters on a link do to frames, as far as who reaches whom asks: the rules of this module by their letter, and that there are others.</summary>
internal sealed record SceneGuard
{
    /// <summary>No filter.</summary>
    internal static readonly SceneGuard None = new();

    /// <summary>This module's own protection; null where there is none, or it is not understood.</summary>
    internal ProtectionRules? Rules { get; init; }

    /// <summary>Filters that are not known see what the link sends.</summary>
    internal bool HasUnknownSending { get; init; }

    /// <summary>Filters that are not known see what comes to the link.</summary>
    internal bool HasUnknownReceiving { get; init; }

    /// <summary>One of them comes before the module's own, and can let pass what that would drop.</summary>
    internal bool IsPreceded { get; init; }

    /// <summary>Something can be dropped where frames come in, behind the sockets that see every frame.</summary>
    internal bool FiltersReceiving => HasUnknownReceiving || Rules is { Isolate: true };

    internal static SceneGuard Of(ProtectionReading reading, FilterRecord hook) => new()
    {
        Rules = reading.Rules,
        IsPreceded = reading.IsPreceded,
        HasUnknownSending = reading.HasUnknown(TrafficControlCodec.Egress) || hook.EgressBlock is not null,
        HasUnknownReceiving = reading.HasUnknown(TrafficControlCodec.Ingress) || hook.IngressBlock is not null,
    };

    /// <summary>Whether a frame gets out of the link: from an address that is let through, and to no sibling that it is isolated from.</summary>
    internal Verdict Sends(ulong source, ulong destination) => Judge(Rules is { } rules && ((rules.Sources.Count > 0 && !rules.Sources.Contains(source)) || Keeps(rules, destination)), HasUnknownSending, ForwardingRule.LeavesLowerDevice);

    /// <summary>Whether a frame that came to the link is let in: from no sibling that it is isolated from, to whomever it is.</summary>
    internal Verdict Receives(ulong source) => Judge(Rules is { } rules && Keeps(rules, source), HasUnknownReceiving, ForwardingRule.ComesFromOutside);

    private static bool Keeps(ProtectionRules rules, ulong address) => rules.Isolate && rules.Siblings.Contains(address);

    private Verdict Judge(bool drops, bool hasUnknown, ForwardingRule passes) => drops switch
    {
        true when !IsPreceded => Verdict.No(ForwardingRule.Protected),
        false when !hasUnknown => Verdict.Yes(passes),
        _ => Verdict.Maybe(ForwardingRule.Protected),
    };
}
