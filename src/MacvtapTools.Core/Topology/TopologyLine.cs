using System.Text;
using MacvtapTools.Topology;

namespace MacvtapTools;

/// <summary>One line of a topology drawn as a tree for a terminal. Its text is plain; the view of the module adds colours where the shell wants them.</summary>
public sealed class TopologyLine
{
    private readonly IReadOnlyList<(LinePart Part, string Text)> _parts;
    private readonly TopologyNode? _node;

    internal TopologyLine(TopologyNode? node, IReadOnlyList<(LinePart Part, string Text)> parts)
    {
        _node = node;
        _parts = parts;
    }

    /// <summary>The whole line, however long, without colours.</summary>
    public string Text => string.Concat(_parts.Select(p => p.Text));

    /// <summary>
    /// The line as the view shows it: cut at the width of the terminal, in colours. Plain and whole where the program's output goes elsewhere; of what the shell sends
    /// elsewhere itself, it takes the colours out, as $PSStyle.OutputRendering says.
    /// </summary>
    public string Display => TerminalStyle.IsTerminal ? Draw(TerminalStyle.Width, TerminalStyle.Colours) : Text;

    /// <summary>The name of the line's link; null for a process.</summary>
    public string? Name => _node?.ProcessId is null ? _node?.Name : null;

    /// <summary>The interface index of the line's link; null for a process.</summary>
    public int? InterfaceIndex => _node?.InterfaceIndex;

    /// <summary>The network namespace of the line's link; null for the current one.</summary>
    public string? NetworkNamespace => _node?.NetworkNamespace;

    /// <summary>What the line is about.</summary>
    public TopologyNode? Node => _node;

    /// <summary>The whole line, without colours.</summary>
    public override string ToString() => Text;

    /// <summary>The line for a terminal.</summary>
    /// <param name="width">How many columns there are; what does not fit is cut, with a mark at the end. 0 and below for no limit.</param>
    /// <param name="styles">
    /// For each part of a line the escape sequence that begins its colour: Branch, Detail, Good, Bad, Place, and the names of <see cref="TopologyRole"/>; Reset ends
    /// one. Null for no colours.
    /// </param>
    public string Draw(int width, IReadOnlyDictionary<string, string>? styles)
    {
        int room = width <= 0 ? int.MaxValue : width;
        int length = _parts.Sum(p => TextCells.Count(p.Text));
        int left = length <= room ? room : room - TextCells.Mark(IsAscii).Length;
        var text = new StringBuilder();
        foreach ((LinePart part, string content) in _parts)
        {
            string shown = TextCells.Cut(content, left);
            if (shown.Length == 0) continue;
            left -= TextCells.Count(shown);
            string style = Style(styles, part == LinePart.Name ? _node?.Role.ToString() : part.ToString());
            text.Append(style).Append(shown);
            if (style.Length > 0) text.Append(Style(styles, "Reset"));
            if (shown.Length < content.Length) break;
        }

        return length <= room ? text.ToString() : text.Append(TextCells.Mark(IsAscii)).ToString();
    }

    internal bool IsAscii { get; init; }

    private static string Style(IReadOnlyDictionary<string, string>? styles, string? key) => key is not null && styles is not null && styles.TryGetValue(key, out string? value) ? value : string.Empty;
}
