using System.Management.Automation;
using System.Text;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Writes objects, each in its view. What goes on in the same view is one table or list, which a blank line ends; text in between does not end it.</summary>
internal sealed class ViewWriter(int width)
{
    private readonly StringBuilder text = new();
    private readonly List<(PSObject Item, FormatView View)> run = [];
    private bool open;

    /// <summary>The view that what comes next can go on with.</summary>
    internal FormatView? Running => run.Count > 0 ? run[^1].View : null;

    internal void Add(PSObject item, FormatView view)
    {
        if (run.Count > 0 && !view.GoesOn(Running))
            Flush();

        if (run.Count == 0)
            Close();

        run.Add((item, view));
    }

    internal void AddText(string line)
    {
        Flush();
        text.Append(line).Append('\n');
    }

    internal string Finish()
    {
        Flush();
        Close();
        return text.ToString();
    }

    private void Flush()
    {
        if (run.Count == 0)
            return;

        FormatView view = run[0].View;
        text.Append('\n');
        if (view.Kind == ViewKind.Table)
            TableWriter.Write(text, [.. run.Select(r => r.Item)], view, width);
        else if (view.Kind == ViewKind.List)
            ListWriter.Write(text, run, width);
        else
            run.ForEach(r => text.Append(ValueText.Of(r.Item, view.Columns[0], lines: true)).Append('\n'));

        run.Clear();
        open = true;
    }

    private void Close()
    {
        if (open)
            text.Append('\n');

        open = false;
    }
}
