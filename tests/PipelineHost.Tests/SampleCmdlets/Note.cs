namespace SampleCmdlets;

/// <summary>A text of several lines about something. Its view groups by topic and breaks lines.</summary>
public class Note(string topic, string name, string text)
{
    public string Topic { get; } = topic;

    public string Name { get; } = name;

    public string Text { get; } = text;

    public override string ToString() => Name;
}
