using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Completion;

/// <summary>Completes the word before the cursor in the last command of a line.</summary>
internal sealed partial class Completer(Session session)
{
    internal IReadOnlyList<CompletionResult> Complete(string line, int cursor)
    {
        string text = line[..cursor];
        text = text[(LastCommandStart(text) + 1)..].TrimStart();
        string[] words = [.. Word.Matches(text).Select(m => m.Value)];
        string current = text.Length == 0 || char.IsWhiteSpace(text[^1]) && !text.TrimEnd().EndsWith(',') ? string.Empty : words[^1];
        string[] before = current.Length == 0 ? words : words[..^1];
        if (before.Length == 0)
            return Commands(current);

        if (!session.Commands.TryFind(before[0], out CmdletInfo? command))
            return [];

        CommandMetadata metadata = command!.Metadata;
        if (current.StartsWith('-') && !current.Contains(':', StringComparison.Ordinal))
            return ParameterNames(metadata, current[1..]);

        return Values(command, before, current, text);
    }

    [GeneratedRegex(@"(?:""(?:[^""]|"""")*""?|'(?:[^']|'')*'?|,\s*|[^\s""',])+")]
    private static partial Regex Word { get; }

    private static int LastCommandStart(string text)
    {
        char quote = '\0';
        int start = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
                quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '\'' or '"')
                quote = text[i];
            else if (text[i] is '|' or ';' or '(' or '\n' or '=' or '{')
                start = i;
        }

        return start;
    }

    private static IReadOnlyList<CompletionResult> ParameterNames(CommandMetadata metadata, string typed) =>
        [.. metadata.Parameters
            .Where(p => p.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Owner)
            .Select(p => new CompletionResult("-" + p.Name, p.Name, CompletionResultType.ParameterName, $"[{p.Type.Name}] {p.Name}"))];

    private IReadOnlyList<CompletionResult> Commands(string typed)
    {
        WildcardPattern pattern = new(typed + "*", WildcardOptions.IgnoreCase);
        return [.. session.Commands.Cmdlets.Select(c => c.Name)
            .Concat(session.Commands.Aliases.Keys)
            .Where(pattern.IsMatch)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(n => new CompletionResult(n, n, CompletionResultType.Command, n))];
    }

    private static IReadOnlyList<CompletionResult> Values(CmdletInfo command, string[] before, string current, string text)
    {
        Hashtable bound = new(StringComparer.OrdinalIgnoreCase);
        BindableParameter? pending = BindRoughly(command.Metadata, before[1..], bound);
        string word = current;
        if (current.StartsWith('-') && current.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
        {
            pending = command.Metadata.Find(current[1..colon], null);
            word = current[(colon + 1)..];
        }

        BindableParameter? parameter = pending ?? NextPositional(command.Metadata, bound);
        if (parameter is null)
            return [];

        // Only the last element of a list is completed.
        word = word[(word.LastIndexOf(',') + 1)..].Trim();
        return ValuesOf(command, parameter, word.Trim('\'', '"'), text, bound);
    }

    private static IReadOnlyList<CompletionResult> ValuesOf(CmdletInfo command, BindableParameter parameter, string word, string text, Hashtable bound)
    {
        if (parameter.Completer is { } completerType)
        {
            IArgumentCompleter completer = (IArgumentCompleter)Activator.CreateInstance(completerType)!;
            return [.. completer.CompleteArgument(command.Name, parameter.Name, word, new CommandAst(command.Name, text), bound) ?? []];
        }

        Type type = parameter.ElementType ?? parameter.Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        IEnumerable<string> values = (IEnumerable<string>?)parameter.Validations.OfType<ValidateSetAttribute>().FirstOrDefault()?.ValidValues
            ?? (type.IsEnum ? [.. Enum.GetNames(type).Order(StringComparer.OrdinalIgnoreCase)] : type == typeof(bool) ? ["$true", "$false"] : (IEnumerable<string>)[]);
        WildcardPattern pattern = new(word + "*", WildcardOptions.IgnoreCase);
        return [.. values.Where(pattern.IsMatch).Select(v => new CompletionResult(v, v, CompletionResultType.ParameterValue, v))];
    }

    /// <summary>Sorts the finished words into parameters; returns the one that waits for its value.</summary>
    private static BindableParameter? BindRoughly(CommandMetadata metadata, string[] words, Hashtable bound)
    {
        BindableParameter? pending = null;
        foreach (string word in words)
        {
            if (word.StartsWith('-') && word.Length > 1 && !char.IsAsciiDigit(word[1]))
            {
                string[] parts = word[1..].Split(':', 2);
                pending = metadata.Find(parts[0], null);
                if (pending is null)
                    continue;

                if (parts.Length == 2 || pending.IsSwitch)
                {
                    bound[pending.Name] = parts.Length == 2 ? parts[1] : true;
                    pending = null;
                }
            }
            else if (pending is not null || NextPositional(metadata, bound) is { } positional && (pending = positional) is not null)
            {
                string[] items = [.. word.Split(',').Select(w => w.Trim().Trim('\'', '"'))];
                bound[pending.Name] = items.Length == 1 ? items[0] : items;
                pending = null;
            }
        }

        return pending;
    }

    private static BindableParameter? NextPositional(CommandMetadata metadata, Hashtable bound)
    {
        uint sets = metadata.Parameters.Where(p => bound.ContainsKey(p.Name) && !p.InAllSets).Aggregate(BindingState.AnySet, (s, p) => s & p.Flags);
        return metadata.Parameters
            .Where(p => !bound.ContainsKey(p.Name))
            .SelectMany(p => p.SetsIn(sets).Where(s => s.Attribute.Position != int.MinValue).Select(s => (Parameter: p, s.Attribute.Position, Preferred: s.Flag == metadata.DefaultSetFlag)))
            .OrderBy(c => c.Position)
            .ThenByDescending(c => c.Preferred)
            .Select(c => c.Parameter)
            .FirstOrDefault();
    }
}
