using System.Management.Automation;
using System.Text;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>The loaded views, and the choice among them for an object: the first view for its nearest type.</summary>
internal sealed class FormatTable
{
    private readonly List<FormatView> views = [];

    internal void Load(string path) => views.AddRange(FormatFile.Read(path));

    /// <summary>Objects as text; a run of objects with the same view is one table.</summary>
    internal string Format(IEnumerable<object?> objects, int width)
    {
        StringBuilder text = new();
        List<PSObject> run = [];
        FormatView? view = null;
        foreach (object? o in objects)
        {
            if (o is null)
                continue;

            PSObject item = PSObject.AsPSObject(o);
            FormatView? its = IsText(item) ? null : ViewOf(item, run.Count > 0 ? view : null);
            if (run.Count > 0 && !ReferenceEquals(its, view))
                Flush(text, run, view, width);

            view = its;
            run.Add(item);
        }

        Flush(text, run, view, width);
        return text.ToString();
    }

    private static bool IsText(PSObject item) => item.BaseObject is string or IFormattable and not PSCustomObject;

    private static void Flush(StringBuilder text, List<PSObject> run, FormatView? view, int width)
    {
        if (run.Count == 0)
            return;

        if (view is null)
            text.AppendJoin('\n', run).Append('\n');
        else if (view.Shape == FormatShape.Table)
            TableWriter.Write(text, run, view, width);
        else if (view.Shape == FormatShape.List)
            ListWriter.Write(text, run, view, width);
        else
            text.AppendJoin('\n', run.Select(o => o.Properties[view.Columns[0].Property]?.Value)).Append('\n');

        run.Clear();
    }

    private FormatView ViewOf(PSObject item, FormatView? running)
    {
        // As in the shell: a table that has begun goes on for every object whose type, or a base of it, the view is for.
        if (running is not null && item.TypeNames.Select(Plain).Intersect(running.TypeNames, StringComparer.OrdinalIgnoreCase).Any())
            return running;

        foreach (string name in item.TypeNames.Select(Plain))
        {
            if (views.Find(v => v.TypeNames.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } found)
                return found;
        }

        string[] properties = TypeTable.Current.DefaultDisplay(item.TypeNames) ?? [.. item.Properties.Select(p => p.Name)];
        if (running is { Name: "" } && running.Columns.Select(c => c.Property).SequenceEqual(properties, StringComparer.OrdinalIgnoreCase))
            return running;

        // Up to four properties make a table, more a list.
        return new FormatView(string.Empty, [], properties.Length <= 4 ? FormatShape.Table : FormatShape.List, [.. properties.Select(p => new FormatColumn(p, p, 0, null))], null);
    }

    private static string Plain(string typeName) =>
        typeName.StartsWith("Deserialized.", StringComparison.Ordinal) ? typeName["Deserialized.".Length..] : typeName;
}
