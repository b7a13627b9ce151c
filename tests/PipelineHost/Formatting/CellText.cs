using System.Text;
using System.Text.RegularExpressions;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Breaks text into lines.</summary>
internal static partial class CellText
{
    /// <summary>The lines of a text, none longer than there is room: broken after a word, for which the blank behind it has to fit too, or within one that is longer than a line.</summary>
    internal static IReadOnlyList<string> Lines(string text, int room)
    {
        List<string> lines = [];
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            StringBuilder current = new();
            foreach (string word in Word.Matches(line).Select(m => m.Value))
            {
                string rest = word;
                if (rest.Length <= room && current.Length + rest.Length > room)
                    Next();

                while (current.Length + rest.Length > room)
                {
                    int fits = room - current.Length;
                    current.Append(rest[..fits]);
                    rest = rest[fits..];
                    Next();
                }

                current.Append(rest);
            }

            Next();

            void Next()
            {
                lines.Add(current.ToString().TrimEnd());
                current.Clear();
            }
        }

        return lines;
    }

    [GeneratedRegex(@"\S* ?")]
    private static partial Regex Word { get; }
}
