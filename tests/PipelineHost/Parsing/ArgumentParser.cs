using System.Management.Automation;
using System.Text;
using MacvtapTools.PipelineHost.Conversion;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A command's name and arguments, where words need no quotes.</summary>
internal sealed class ArgumentParser(Reader reader, ExpressionParser expressions)
{
    internal string ParseCommandName()
    {
        if (reader.Current is '&' or '.')
            throw reader.Unknown($"call operator '{reader.Current}'");

        if (reader.Current == '{')
            throw reader.Unknown("script block");

        int start = reader.Position;
        while (!EndsWord(reader.Current))
            reader.Position++;

        if (reader.Position == start)
            throw reader.Unknown(reader.AtEnd ? "missing command" : $"unexpected '{reader.Current}'");

        return reader.Text[start..reader.Position];
    }

    internal bool TryParse(out ArgumentNode? argument)
    {
        reader.SkipBlanks();
        argument = null;
        if (reader.AtEnd || reader.Current is '\n' or ';' or '|' or ')' or '}')
            return false;

        RefuseUnknown();
        if (reader.Current == '-' && (char.IsLetter(reader.At(1)) || reader.At(1) is '_' or '?'))
            argument = ParseNamed();
        else if (reader.Current == '@' && (char.IsLetter(reader.At(1)) || reader.At(1) == '_'))
            argument = new ArgumentNode(null, expressions.ParseSplatted(), Splatted: true);
        else
            argument = new ArgumentNode(null, ParseValue());

        return true;
    }

    private static bool EndsWord(char c) => c is '\0' or ' ' or '\t' or '\r' or '\n' or ';' or '|' or '(' or ')' or '{' or '}' or ',' or '&';

    private void RefuseUnknown()
    {
        if (reader.Current == '{')
            throw reader.Unknown("script block");

        if (reader.Current == '&')
            throw reader.Unknown("operator '&'");

        if (reader.Current is '>' or '<' || (reader.Current is '*' or (>= '1' and <= '6') && reader.At(1) == '>'))
            throw reader.Unknown("redirection");
    }

    private ArgumentNode ParseNamed()
    {
        reader.Position++;
        int start = reader.Position;
        while (!EndsWord(reader.Current) && reader.Current != ':')
            reader.Position++;

        string name = reader.Text[start..reader.Position];
        if (!reader.Take(':'))
            return new ArgumentNode(name, null);

        reader.SkipBlanks();
        RefuseUnknown();
        return new ArgumentNode(name, ParseValue());
    }

    private Node ParseValue()
    {
        List<Node> items = [ParseItem()];
        while (true)
        {
            int before = reader.Position;
            reader.SkipBlanks();
            if (!reader.Take(','))
            {
                reader.Position = before;
                return items.Count == 1 ? items[0] : new ListNode([.. items.Select(WithoutToken)]);
            }

            reader.SkipBlanks(lines: true);
            items.Add(ParseItem());
        }
    }

    /// <summary>Numbers in a list are numbers only; a number alone keeps its text.</summary>
    private static Node WithoutToken(Node item) =>
        item is ConstantNode { Value: PSObject { TokenText: not null } number } ? new ConstantNode(number.BaseObject) : item;

    private Node ParseItem()
    {
        RefuseUnknown();
        bool expression = reader.Current is '$' or '\'' or '"' or '(' || (reader.Current == '@' && reader.At(1) is '(' or '{');
        if (!expression)
            return ParseWord([]);

        Node value = expressions.ParsePrimary();
        return EndsWord(reader.Current) ? value : ParseWord([value]);
    }

    /// <summary>A bare word: it may contain variables and quoted pieces; one that reads as a number is a number that keeps its text.</summary>
    private Node ParseWord(List<Node> parts)
    {
        StringBuilder text = new();
        bool plain = parts.Count == 0;
        while (!EndsWord(reader.Current))
        {
            if (reader.Current == '`')
            {
                reader.Position++;
                text.Append(reader.Current);
                reader.Position++;
                plain = false;
            }
            else if (reader.Current is '"' or '\'' || (reader.Current == '$' && (char.IsLetter(reader.At(1)) || reader.At(1) is '_' or '{' or '(')))
            {
                parts.Add(new ConstantNode(text.ToString()));
                text.Clear();
                parts.Add(reader.Current == '$' ? expressions.ParseVariable() : expressions.ParsePrimary());
                plain = false;
            }
            else
            {
                text.Append(reader.Current);
                reader.Position++;
            }
        }

        if (text.Length == 0 && parts.Count == 0)
            throw reader.Unknown(reader.AtEnd ? "missing argument" : $"unexpected '{reader.Current}'");

        if (plain && Numbers.TryReadLiteral(text.ToString(), out object number))
            return new ConstantNode(new PSObject(number) { TokenText = text.ToString() });

        if (parts.Count == 0)
            return new ConstantNode(text.ToString());

        parts.Add(new ConstantNode(text.ToString()));
        return new TextNode(parts);
    }
}
