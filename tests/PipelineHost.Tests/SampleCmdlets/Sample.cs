namespace SampleCmdlets;

/// <summary>The immutable object of the samples.</summary>
public class Sample(string name, int interfaceIndex)
{
    public string Name { get; } = name;

    public int InterfaceIndex { get; } = interfaceIndex;

    public SampleMode Mode { get; init; } = SampleMode.Vepa;

    public string NetworkNamespace { get; init; } = "blue";

    public override string ToString() => $"{Name}#{InterfaceIndex}:{Mode}";
}
