
namespace MacvtapTools.Diagnosis.Advice;

/// <summary>All rules about running links.</summary>
internal static class LinkAdviser
{
    internal static IReadOnlyList<AdviceRule> Rules { get; } =
    [
        new LowerDeviceDownRule(),
        new CarrierRule(),
        new LinkDownRule(),
        new SwitchPortRule(),
        new TapNodeRule(),
        new WorldAccessRule(),
        new SourceRule(),
        new TransmitQueueRule(),
        new LongTransmitQueueRule(),
        new GuestMulticastRule(),
        new PrivateRule(),
        new RelayMissingRule(),
        new RelayIneffectiveRule(),
        new PassthruRule(),
        new HostAddressRule(),
        new AddressGenerationRule(),
        new MtuBelowLowerRule(),
        new MtuAbovePeerRule(),
        new BroadcastDropRule(),
        new FrameDropRule(),
        new NoHolderRule(),
        new SeveralHoldersRule(),
        new DuplicateAddressRule(),
        new MacvlanInBridgeRule(),
    ];

    /// <summary>What there is to say about a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="view">What is around it.</param>
    /// <param name="except">Rules to leave out.</param>
    internal static IEnumerable<LinkAdvice> Look(Link link, IAdviceView view, IReadOnlyCollection<LinkAdviceTopic> except)
    {
        foreach (AdviceRule rule in Rules)
        {
            if (!except.Contains(rule.Topic) && rule.Look(link, view) is { } finding) yield return new LinkAdvice(link, rule.Topic, finding);
        }
    }
}
