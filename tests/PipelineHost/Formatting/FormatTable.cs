using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>The loaded views, and the choice among them for an object: the first view for its nearest type.</summary>
internal sealed class FormatTable
{
    // Up to four properties make a table, more a list.
    private const int MostColumns = 4;

    private readonly List<FormatView> views = [];

    internal void Load(string path) => views.AddRange(FormatFile.Read(path));

    /// <summary>Objects as text; a run of objects with the same view is one table. Text between them stands for itself.</summary>
    internal string Format(IEnumerable<object?> objects, int width)
    {
        ViewWriter writer = new(width);
        foreach (object o in objects.SelectMany(Members))
        {
            PSObject item = PSObject.AsPSObject(o);
            if (item.BaseObject is FormattedObject formatted)
                writer.Add(formatted.Item, formatted.View);
            else if (IsText(item))
                writer.AddText(item.ToString());
            else
                writer.Add(item, ViewOf(item, writer.Running));
        }

        return writer.Finish();
    }

    internal static bool IsText(PSObject item) => item.BaseObject is string or bool or char or IFormattable;

    /// <summary>The first view of one kind for the object's nearest type, or null.</summary>
    internal FormatView? Find(PSObject item, ViewKind? kind = null)
    {
        foreach (string name in item.TypeNames.Select(Plain))
        {
            if (views.Find(v => (kind is null || v.Kind == kind) && v.TypeNames.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } found)
                return found;
        }

        return null;
    }

    private FormatView ViewOf(PSObject item, FormatView? running)
    {
        // As in the shell: a table that has begun goes on for every object whose type, or a base of it, the view is for.
        if (running is not null && item.TypeNames.Select(Plain).Intersect(running.TypeNames, StringComparer.OrdinalIgnoreCase).Any())
            return running;

        if (Find(item) is { } found)
            return found;

        string[] properties = TypeTable.Current.DefaultDisplay(item.TypeNames) ?? [.. item.Properties.Select(p => p.Name)];
        if (running is { Name: "", Maker: null } && running.Columns.Select(c => c.Property).SequenceEqual(properties, StringComparer.OrdinalIgnoreCase))
            return running;

        return new FormatView(string.Empty, [], properties.Length <= MostColumns ? ViewKind.Table : ViewKind.List, [.. properties.Select(p => new FormatColumn(p, p, 0, null))]);
    }

    private static string Plain(string typeName) =>
        typeName.StartsWith("Deserialized.", StringComparison.Ordinal) ? typeName["Deserialized.".Length..] : typeName;

    /// <summary>The object, or, of a list, its elements; nothing of null.</summary>
    private static IEnumerable<object> Members(object? o) => LanguagePrimitives.GetEnumerable(o) is { } list ? list.OfType<object>() : o is null ? [] : [o];
}
