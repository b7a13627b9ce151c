namespace MacvtapTools.Diagnosis.Advice;

/// <summary>One rule about running links: a class for each. It judges what <see cref="IAdviceView"/> gives, and asks nobody else.</summary>
internal abstract class AdviceRule(LinkAdviceTopic topic)
{
    /// <summary>Which one it is.</summary>
    internal LinkAdviceTopic Topic => topic;

    /// <summary>What there is to say about a link; null for nothing.</summary>
    internal abstract AdviceFinding? Look(Link link, IAdviceView view);

    private protected static bool IsUp(Link link) => link.AdministrativeStatus == AdministrativeStatus.Up;
}
