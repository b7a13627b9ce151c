using MacvtapTools.Tour.Shells;

namespace MacvtapTools.Tour.Transcript;

/// <summary>Plays the script in a shell, and compares what happens with what it promises.</summary>
internal sealed class Performance(ITourShell shell, Printer printer, CancellationToken stopped)
{
    private readonly List<string> _broken = [];

    /// <summary>How many statements promised something.</summary>
    internal int Promises { get; private set; }

    /// <summary>How many statements ran.</summary>
    internal int Statements { get; private set; }

    /// <summary>What did not turn out as promised.</summary>
    internal IReadOnlyList<string> Broken => _broken;

    /// <summary>Plays it to the end, even if something is not as promised; a reader wants to see the rest.</summary>
    internal void Play(IEnumerable<ScriptLine> script)
    {
        foreach (ScriptLine line in script)
        {
            stopped.ThrowIfCancellationRequested();
            switch (line.Kind)
            {
                case ScriptLineKind.Blank:
                    printer.Blank();
                    break;
                case ScriptLineKind.Comment:
                    printer.Narration(line.Text);
                    break;
                default:
                    Play(line);
                    break;
            }
        }
    }

    private void Play(ScriptLine line)
    {
        printer.Statement(line.Text);
        LineResult result = shell.Run(line.Text);
        stopped.ThrowIfCancellationRequested();
        printer.Result(result);
        Statements++;
        Promises += line.IsPromise ? 1 : 0;
        string?[] found = [.. result.Errors.Select(e => e.Id)];
        bool isKept = line.PromisedError is { } wanted ? found is [{ } only] && only == wanted : found.Length == 0;
        if (isKept)
            return;
        string why = line.PromisedError is null ? $"it ended with {string.Join(", ", found)}" : $"the error {line.PromisedError} was promised, not {(found.Length == 0 ? "success" : string.Join(", ", found))}";
        _broken.Add($"{line.Text}: {why}.");
        printer.Bad("Not as promised!");
    }
}
