using System.Text;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Quoted text: verbatim in single quotes, with variables and escapes in double quotes.</summary>
internal sealed class StringParser(Reader reader, ExpressionParser expressions)
{
    internal Node Parse() => reader.Current == '\'' ? ParseVerbatim() : ParseExpandable();

    private ConstantNode ParseVerbatim()
    {
        reader.Position++;
        StringBuilder text = new();
        while (true)
        {
            if (reader.AtEnd)
                throw reader.Unknown("unfinished string");

            char c = reader.Current;
            reader.Position++;
            if (c == '\'' && !reader.Take('\''))
                return new ConstantNode(text.ToString());

            text.Append(c);
        }
    }

    private Node ParseExpandable()
    {
        reader.Position++;
        List<Node> parts = [];
        StringBuilder text = new();
        while (true)
        {
            if (reader.AtEnd)
                throw reader.Unknown("unfinished string");

            char c = reader.Current;
            if (c == '$' && (char.IsLetter(reader.At(1)) || reader.At(1) is '_' or '{' or '('))
            {
                parts.Add(new ConstantNode(text.ToString()));
                text.Clear();
                parts.Add(expressions.ParseVariable());
                continue;
            }

            if (c == '$' && reader.At(1) is '$' or '?' or '^')
                throw reader.Unknown($"automatic variable '${reader.At(1)}'");

            reader.Position++;
            if (c == '`')
                text.Append(Escaped());
            else if (c == '"' && !reader.Take('"'))
                break;
            else
                text.Append(c);
        }

        if (parts.Count == 0)
            return new ConstantNode(text.ToString());

        parts.Add(new ConstantNode(text.ToString()));
        return new TextNode(parts);
    }

    private char Escaped()
    {
        char c = reader.Current;
        reader.Position++;
        return c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'a' => '\a', 'b' => '\b', 'e' => '\u001b', 'f' => '\f', 'v' => '\v', _ => c };
    }
}
