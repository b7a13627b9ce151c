namespace SampleCmdlets;

/// <summary>A line of a drawing. Its view is the line.</summary>
public sealed class NoteLine(string line)
{
    public string Line { get; } = line;

    public override string ToString() => Line;
}
