using System.Text.RegularExpressions;

namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>Statements and pipelines.</summary>
internal sealed partial class ScriptParser
{
    private readonly Reader reader;
    private readonly ExpressionParser expressions;
    private readonly ArgumentParser arguments;
    private readonly List<CommandNode> commands = [];

    private ScriptParser(string text)
    {
        reader = new Reader(text);
        expressions = new ExpressionParser(reader, this);
        arguments = new ArgumentParser(reader, expressions);
    }

    internal static IReadOnlyList<Statement> Parse(string text) => Parse(text, out _);

    /// <summary>Reads statements, and gives every command in them, also those inside of others.</summary>
    internal static IReadOnlyList<Statement> Parse(string text, out IReadOnlyList<CommandNode> commands)
    {
        ScriptParser parser = new(text.ReplaceLineEndings("\n"));
        List<Statement> statements = parser.ParseStatements();
        if (!parser.reader.AtEnd)
            throw parser.reader.Unknown($"unexpected '{parser.reader.Current}'");

        commands = parser.commands;
        return statements;
    }

    /// <summary>Statements up to the end of the text or a closing bracket.</summary>
    internal List<Statement> ParseStatements()
    {
        List<Statement> statements = [];
        while (true)
        {
            reader.SkipBlanks(lines: true);
            if (reader.Take(';'))
                continue;

            if (reader.AtEnd || reader.Current is ')' or '}')
                return statements;

            statements.Add(ParseStatement());
        }
    }

    internal PipelineNode ParsePipeline()
    {
        Node? expression = null;
        List<CommandNode> chain = [];
        if (expressions.StartsHere)
        {
            expression = expressions.Parse();
            reader.SkipBlanks();
            RefuseOperator();
        }
        else
        {
            chain.Add(ParseCommand());
        }

        while (TakePipe())
        {
            reader.SkipBlanks(lines: true);
            if (expressions.StartsHere)
                throw reader.Unknown("expression after a pipe");

            chain.Add(ParseCommand());
        }

        reader.SkipBlanks();
        if (!reader.AtEnd && reader.Current is not ('\n' or ';' or ')' or '}'))
            throw reader.Unknown($"unexpected '{reader.Current}'");

        return new PipelineNode(expression, chain);
    }

    [GeneratedRegex(@"\G\$(?<name>[A-Za-z_][\w:]*|\{[^}]+\})[ \t]*(?<operator>[-+*/%]?=)(?!=)")]
    private static partial Regex Assignment { get; }

    [GeneratedRegex(@"\G(if|else|elseif|foreach|for|while|do|until|switch|try|catch|finally|function|filter|param|return|throw|trap|break|continue|exit|class|enum|using|begin|process|end|data|clean)(?=[\s({])", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword { get; }

    private Statement ParseStatement()
    {
        if (Keyword.Match(reader.Text, reader.Position) is { Success: true } keyword)
            throw reader.Unknown($"keyword '{keyword.Value}'");

        int start = reader.Position;
        if (Assignment.Match(reader.Text, start) is not { Success: true } assignment)
            return new Statement(null, ParsePipeline(), reader.Text[start..reader.Position]);

        if (assignment.Groups["operator"].Value != "=")
            throw reader.Unknown($"assignment operator '{assignment.Groups["operator"].Value}'");

        reader.Position += assignment.Length;
        reader.SkipBlanks(lines: true);
        string name = assignment.Groups["name"].Value.Trim('{', '}');
        return new Statement(name, ParsePipeline(), reader.Text[start..reader.Position]);
    }

    /// <summary>A pipe may also begin the next line.</summary>
    private bool TakePipe()
    {
        int start = reader.Position;
        reader.SkipBlanks(lines: true);
        if (reader.Current == '|')
        {
            if (reader.At(1) == '|')
                throw reader.Unknown("pipeline chain operator '||'");

            reader.Position++;
            return true;
        }

        reader.Position = start;
        return false;
    }

    private void RefuseOperator()
    {
        Match found = Regex.Match(reader.Text[reader.Position..], @"^(-[A-Za-z]+|[-+*/%?]|=|&&|&|>)");
        if (found.Success)
            throw reader.Unknown($"operator '{found.Value}'");
    }

    private CommandNode ParseCommand()
    {
        reader.SkipBlanks();
        int start = reader.Position;
        string name = arguments.ParseCommandName();
        List<ArgumentNode> given = [];
        while (arguments.TryParse(out ArgumentNode? argument))
            given.Add(argument!);

        CommandNode command = new(name, given, reader.Text[start..reader.Position].TrimEnd());
        commands.Add(command);
        return command;
    }
}
