namespace MacvtapTools;

/// <summary>An advice about a link: what was seen, and a command that would help.</summary>
public sealed class LinkAdvice
{
    private readonly Link _link;

    internal LinkAdvice(Link link, LinkAdviceTopic topic, AdviceFinding finding)
    {
        _link = link;
        Topic = topic;
        Severity = finding.Severity;
        Observation = finding.Observation;
        Advice = finding.Advice;
        Evidence = finding.Evidence;
    }

    /// <summary>The link's name.</summary>
    public string Name => _link.Name;

    /// <summary>The link's interface index.</summary>
    public int InterfaceIndex => _link.InterfaceIndex;

    /// <summary>The same as <see cref="InterfaceIndex"/>, by the name that parameters and tables have for it.</summary>
    public int IfIndex => InterfaceIndex;

    /// <summary>How much it matters.</summary>
    public LinkAdviceSeverity Severity { get; }

    /// <summary>The rule, as -Exclude takes it.</summary>
    public LinkAdviceTopic Topic { get; }

    /// <summary>What was seen, in a sentence.</summary>
    public string Observation { get; }

    /// <summary>What would help.</summary>
    public string Advice { get; }

    /// <summary>The values that it was seen by.</summary>
    public IReadOnlyList<string> Evidence { get; }

    /// <summary>The network namespace of the link, as it was named; null for the current one.</summary>
    public string? NetworkNamespace => _link.NetworkNamespace;

    /// <summary><see cref="Observation"/> and <see cref="Advice"/> in two lines.</summary>
    public string Summary => $"{Observation}\n{Advice}";

    /// <summary>Link, topic and observation.</summary>
    public override string ToString() => $"{Name}: {Topic}. {Observation}";
}
