namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>The text and the place in it.</summary>
internal sealed class Reader(string text)
{
    internal string Text { get; } = text;

    internal int Position { get; set; }

    internal bool AtEnd => Position >= Text.Length;

    internal char Current => At(0);

    internal char At(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    internal bool Starts(string literal) => string.CompareOrdinal(Text, Position, literal, 0, literal.Length) == 0;

    internal bool Take(char c)
    {
        if (Current != c || AtEnd)
            return false;

        Position++;
        return true;
    }

    internal void Expect(char c, string construct)
    {
        if (!Take(c))
            throw Unknown($"expected '{c}' to end {construct}");
    }

    internal ScriptParseException Unknown(string construct) => new(construct, Text, Position);

    /// <summary>Passes blanks, continued lines and comments; with <paramref name="lines"/>, ends of lines too.</summary>
    internal void SkipBlanks(bool lines = false)
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\r' || (lines && Current == '\n'))
                Position++;
            else if (Current == '`' && At(1) == '\n')
                Position += 2;
            else if (Starts("<#"))
                Position = Text.IndexOf("#>", Position, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : throw Unknown("unfinished comment");
            else if (Current == '#')
                Position = Text.IndexOf('\n', Position) is var end and >= 0 ? end : Text.Length;
            else
                return;
        }
    }
}
