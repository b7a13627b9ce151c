namespace SampleCmdlets;

/// <summary>A note that may be about nothing. A script in its view chooses the group, and gives none where there is no topic.</summary>
public sealed class Remark(string? topic, string name)
{
    public string? Topic { get; } = topic;

    public string Name { get; } = name;

    public override string ToString() => Name;
}
