using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>
/// Reads the views of a format.ps1xml file: tables, lists, and such that show one property as it is. Scripts do not run here: one that shows a single property in colours
/// is read as that property. Wide views, and lists that choose their lines for each object, are for commands that are not here.
/// </summary>
internal static partial class FormatFile
{
    internal static IEnumerable<FormatView> Read(string path)
    {
        XDocument document = XDocument.Load(path);
        Dictionary<string, string[]> selections = document.Descendants("SelectionSet")
            .ToDictionary(s => s.Element("Name")!.Value.Trim(), s => s.Descendants("TypeName").Select(t => t.Value.Trim()).ToArray());
        foreach (XElement view in document.Descendants("View"))
        {
            string name = view.Element("Name")?.Value.Trim() ?? string.Empty;
            string[] types = [.. view.Element("ViewSelectedBy")!.Elements().SelectMany(e =>
                e.Name.LocalName == "SelectionSetName" ? selections[e.Value.Trim()] : [e.Value.Trim()])];
            string? group = view.Element("GroupBy") is { } grouping ? Property(grouping, $"{path}, view '{name}'") : null;
            string? label = view.Element("GroupBy")?.Element("ScriptBlock") is null ? null : view.Element("GroupBy")!.Element("Label")?.Value.Trim();
            if (view.Element("TableControl") is { } table)
                yield return new FormatView(name, types, ViewKind.Table, Columns(table, $"{path}, view '{name}'"), group, table.Descendants("Wrap").Any(), label);
            else if (view.Element("ListControl") is { } list && !list.Descendants("ItemSelectionCondition").Any())
                yield return new FormatView(name, types, ViewKind.List, Lines(list, $"{path}, view '{name}'"), group);
            else if (view.Element("CustomControl") is { } custom)
                yield return new FormatView(name, types, ViewKind.Line, [Text(custom)], group);
        }
    }

    private static FormatColumn[] Columns(XElement table, string place)
    {
        XElement[] headers = [.. table.Element("TableHeaders")?.Elements("TableColumnHeader") ?? []];
        XElement[] items = [.. table.Descendants("TableRowEntry").First().Descendants("TableColumnItem")];
        return [.. items.Select((item, i) =>
        {
            XElement? header = i < headers.Length ? headers[i] : null;
            string property = Property(item, place);
            return new FormatColumn(
                header?.Element("Label")?.Value.Trim() is { Length: > 0 } label ? label : property,
                property,
                int.Parse(header?.Element("Width")?.Value.Trim() ?? "0", CultureInfo.InvariantCulture),
                item.Element("Alignment")?.Value.Trim() ?? header?.Element("Alignment")?.Value.Trim() ?? FormatColumn.Left,
                item.Element("FormatString")?.Value);
        })];
    }

    private static FormatColumn[] Lines(XElement list, string place) =>
        [.. list.Descendants("ListEntry").First().Descendants("ListItem").Select(item =>
        {
            string property = Property(item, place);
            return new FormatColumn(item.Element("Label")?.Value.Trim() ?? property, property, 0, null, item.Element("FormatString")?.Value);
        })];

    /// <summary>What a view of text shows; a script reads it first, before its colours.</summary>
    private static FormatColumn Text(XElement custom)
    {
        XElement binding = custom.Descendants("ExpressionBinding").First();
        string property = binding.Element("PropertyName")?.Value.Trim() ?? PropertyOfObject.Match(binding.Element("ScriptBlock")!.Value).Groups[1].Value;
        return new FormatColumn(property, property, 0, null);
    }

    /// <summary>The property that a column or line shows.</summary>
    private static string Property(XElement item, string place)
    {
        if (item.Element("PropertyName") is { } name)
            return name.Value.Trim();

        string[] read = [.. PropertyOfObject.Matches(item.Element("ScriptBlock")?.Value ?? string.Empty).Select(m => m.Groups[1].Value).Distinct()];
        return read.Length == 1 ? read[0] : throw new InvalidDataException($"{place}: a script block that shows more than one property, or none, cannot be read here.");
    }

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex PropertyOfObject { get; }
}
