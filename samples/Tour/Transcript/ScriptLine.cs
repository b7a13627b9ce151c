namespace MacvtapTools.Tour.Transcript;

/// <summary>A line of tour.ps1.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a comment, without the '#'.</param>
/// <param name="PromisedError">The id of the error that a statement shall end with, or null.</param>
internal sealed record ScriptLine(ScriptLineKind Kind, string Text, string? PromisedError = null)
{
    private const string ErrorPromise = "Promise: error ";

    /// <summary>Whether the statement promises something; that it ends without an error is understood.</summary>
    internal bool IsPromise => PromisedError is not null || (Kind == ScriptLineKind.Statement && Text.Contains(" -Expect ", StringComparison.Ordinal));

    /// <summary>Reads lines: one statement, comment or blank each. A promise of an error goes with its statement, and is no comment for the audience.</summary>
    internal static IReadOnlyList<ScriptLine> Read(IEnumerable<string> lines)
    {
        List<ScriptLine> script = [];
        string? promised = null;
        foreach (string line in lines.Select(l => l.Trim()))
        {
            if (line.Length == 0)
            {
                script.Add(new ScriptLine(ScriptLineKind.Blank, string.Empty));
            }
            else if (line[0] == '#')
            {
                string text = line[1..].Trim();
                if (text.StartsWith(ErrorPromise, StringComparison.Ordinal))
                    promised = text[ErrorPromise.Length..].TrimEnd('.');
                else
                    script.Add(new ScriptLine(ScriptLineKind.Comment, text));
            }
            else
            {
                script.Add(new ScriptLine(ScriptLineKind.Statement, line, promised));
                promised = null;
            }
        }

        return script;
    }
}
