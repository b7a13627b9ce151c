using System.Collections;
using MacvtapTools.PipelineHost.Parsing;

namespace MacvtapTools.PipelineHost;

/// <summary>A psd1 file: one hashtable of literals.</summary>
public static class DataFile
{
    /// <summary>Reads it. Keys do not care about upper and lower case.</summary>
    /// <exception cref="InvalidDataException">It is something else than one hashtable.</exception>
    public static Hashtable Read(string path)
    {
        IReadOnlyList<Statement> statements = ScriptParser.Parse(File.ReadAllText(path));
        if (statements is not [{ Variable: null, Pipeline.Expression: TableNode table }])
            throw new InvalidDataException($"{path} is not one hashtable of literals.");

        return (Hashtable)table.Evaluate(new Evaluator(new Session(new ShellOptions())))!;
    }
}
