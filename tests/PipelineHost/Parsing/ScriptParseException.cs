using System.Management.Automation;

namespace MacvtapTools.PipelineHost;

/// <summary>A line that the stand-in's parser does not know. It names the construct: the stand-in is no language.</summary>
public sealed class ScriptParseException : RuntimeException
{
    internal ScriptParseException(string construct, string text, int offset)
        : base($"The stand-in for the shell cannot read this line: {construct} at offset {offset}: {Excerpt(text, offset)}")
    {
        Construct = construct;
        Offset = offset;
    }

    /// <summary>What it does not know, such as "script block".</summary>
    public string Construct { get; }

    /// <summary>Where it stands.</summary>
    public int Offset { get; }

    private static string Excerpt(string text, int offset)
    {
        int start = Math.Min(offset, text.Length);
        return text[start..Math.Min(text.Length, start + 40)];
    }
}
