using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost.Conversion;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Values outside of command arguments: variables, literals, lists, tables, members, ranges, casts.</summary>
internal sealed partial class ExpressionParser(Reader reader, ScriptParser script)
{
    internal bool StartsHere => reader.Current is '$' or '\'' or '"' or '(' or '@' or '[' or ',' or '!'
        || char.IsAsciiDigit(reader.Current)
        || (reader.Current is '-' or '+' or '.' && char.IsAsciiDigit(reader.At(1)));

    internal Node Parse()
    {
        bool unary = reader.Take(',');
        reader.SkipBlanks();
        List<Node> items = [ParseRange()];
        while (true)
        {
            int before = reader.Position;
            reader.SkipBlanks();
            if (!reader.Take(','))
            {
                reader.Position = before;
                return items.Count == 1 && !unary ? items[0] : new ListNode(items);
            }

            reader.SkipBlanks(lines: true);
            items.Add(ParseRange());
        }
    }

    internal Node ParseSplatted()
    {
        reader.Position++;
        return new VariableNode(Name.Match(reader.Text, reader.Position) is { Success: true } name ? Take(name) : throw reader.Unknown("splatting"));
    }

    internal Node ParseVariable()
    {
        reader.Position++;
        if (reader.Current == '(')
            return ParseSubexpression(asArray: false);

        if (reader.Take('{'))
        {
            int end = reader.Text.IndexOf('}', reader.Position);
            if (end < 0)
                throw reader.Unknown("unfinished variable name");

            string braced = reader.Text[reader.Position..end];
            reader.Position = end + 1;
            return new VariableNode(braced);
        }

        if (Name.Match(reader.Text, reader.Position) is not { Success: true } name)
            throw reader.Unknown($"variable '${reader.Current}'");

        if (name.Value is "_" or "PSItem")
            throw reader.Unknown("'$_', which has a value only in script blocks");

        return new VariableNode(Take(name));
    }

    internal Node ParsePrimary()
    {
        Node value = reader.Current switch
        {
            '$' => ParseVariable(),
            '\'' or '"' => new StringParser(reader, this).Parse(),
            '(' => ParseParenthesis(),
            '@' when reader.At(1) == '(' => ParseArray(),
            '@' when reader.At(1) == '{' => ParseTable(),
            '@' when reader.At(1) is '\'' or '"' => throw reader.Unknown("here-string"),
            '{' => throw reader.Unknown("script block"),
            '!' => throw reader.Unknown("operator '!'"),
            _ => ParseNumber(),
        };
        return ParsePostfix(value);
    }

    [GeneratedRegex(@"\G(?:[A-Za-z_]\w*:(?!:))?[A-Za-z_]\w*")]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"\G[-+]?(?:0x[0-9a-f]+|(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:e[-+]?\d+)?)l?(?:[kmgtp]b)?(?![\w])", RegexOptions.IgnoreCase)]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"\G\[(?<type>[A-Za-z_][\w.+]*(\[\])?)\]")]
    private static partial Regex TypeName { get; }

    private string Take(Match match)
    {
        reader.Position += match.Length;
        return match.Value;
    }

    private Node ParseRange()
    {
        Node first = ParseUnary();
        int before = reader.Position;
        reader.SkipBlanks();
        if (reader.Starts(".."))
        {
            reader.Position += 2;
            reader.SkipBlanks();
            return new RangeNode(first, ParseUnary());
        }

        reader.Position = before;
        return first;
    }

    private Node ParseUnary()
    {
        if (reader.Current != '[')
            return ParsePrimary();

        if (TypeName.Match(reader.Text, reader.Position) is not { Success: true } match)
            throw reader.Unknown("type name");

        string name = match.Groups["type"].Value;
        if (!CastNode.TryFindType(name, out Type? type))
            throw reader.Unknown($"type [{name}]");

        reader.Position += match.Length;
        if (reader.Starts("::"))
            throw reader.Unknown("static member");

        reader.SkipBlanks();
        if (!StartsHere)
            throw reader.Unknown($"type literal [{name}] without a value");

        return new CastNode(name, type, ParseUnary());
    }

    private ConstantNode ParseNumber()
    {
        if (Number.Match(reader.Text, reader.Position) is not { Success: true } match || !Numbers.TryReadLiteral(match.Value, out object value))
            throw reader.Unknown(reader.AtEnd ? "missing value" : $"unexpected '{reader.Current}'");

        Take(match);
        return new ConstantNode(value);
    }

    private Node ParsePostfix(Node target)
    {
        Node value = target;
        while (true)
        {
            if (reader.Starts("::"))
                throw reader.Unknown("static member");

            if (reader.Current == '[')
            {
                reader.Position++;
                reader.SkipBlanks();
                Node index = Parse();
                reader.SkipBlanks();
                reader.Expect(']', "an index");
                value = new IndexNode(value, index);
            }
            else if (reader.Current == '.' && (char.IsLetter(reader.At(1)) || reader.At(1) == '_'))
            {
                reader.Position++;
                string name = Take(Name.Match(reader.Text, reader.Position));
                if (reader.Current == '(')
                    throw reader.Unknown($"method call '.{name}('");

                value = new MemberNode(value, name);
            }
            else
            {
                return value;
            }
        }
    }

    private PipelineNode ParseParenthesis()
    {
        reader.Position++;
        reader.SkipBlanks(lines: true);
        PipelineNode inner = script.ParsePipeline();
        reader.SkipBlanks(lines: true);
        reader.Expect(')', "a parenthesis");
        return inner;
    }

    private SubexpressionNode ParseArray()
    {
        reader.Position++;
        return ParseSubexpression(asArray: true);
    }

    private SubexpressionNode ParseSubexpression(bool asArray)
    {
        reader.Position++;
        List<Statement> statements = script.ParseStatements();
        reader.Expect(')', "a subexpression");
        return new SubexpressionNode(statements, asArray);
    }

    private TableNode ParseTable()
    {
        reader.Position += 2;
        List<(Node Key, Node Value)> pairs = [];
        while (true)
        {
            reader.SkipBlanks(lines: true);
            if (reader.Take(';'))
                continue;

            if (reader.Take('}'))
                return new TableNode(pairs);

            Node key = reader.Current is '\'' or '"' or '$' or '(' || char.IsAsciiDigit(reader.Current)
                ? ParsePrimary()
                : new ConstantNode(Name.Match(reader.Text, reader.Position) is { Success: true } word ? Take(word) : throw reader.Unknown("hashtable key"));
            reader.SkipBlanks();
            reader.Expect('=', "a hashtable key");
            reader.SkipBlanks(lines: true);
            pairs.Add((key, script.ParsePipeline()));
        }
    }
}
