namespace MacvtapTools.Diagnosis.Advice;

/// <summary>One rule about running links: a class for each. It judges what <see cref="IAdviceView"/> gives, and asks nobody else.</summary>
internal abstract class AdviceRule(LinkAdviceTopic topic)
{
    /// <summary>Which one it is.</summary>
    internal LinkAdviceTopic Topic => topic;

    /// <summary>What there is to say about a link; null for nothing.</summary>
    internal abstract AdviceFinding? Look(Link link, IAdviceView view);

    /// <summary>How a command names the link: with its network namespace where that is another one.</summary>
    private protected static string Named(Link link) => Named(link.Name, link.NetworkNamespace);

    private protected static string Named(string name, string? networkNamespace) => networkNamespace is null ? name : $"{name} -NetworkNamespace {networkNamespace}";

    private protected static bool IsUp(Link link) => link.AdministrativeStatus == AdministrativeStatus.Up;
}
