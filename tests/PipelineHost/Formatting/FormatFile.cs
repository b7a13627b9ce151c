using System.Globalization;
using System.Xml.Linq;

namespace MacvtapTools.PipelineHost.Formatting;

/// <summary>Reads the views of a format.ps1xml file: tables, lists, and custom ones that show one property.</summary>
internal static class FormatFile
{
    internal static IEnumerable<FormatView> Read(string path)
    {
        XDocument document = XDocument.Load(path);
        Dictionary<string, string[]> selections = document.Descendants("SelectionSet")
            .ToDictionary(s => s.Element("Name")!.Value.Trim(), s => s.Descendants("TypeName").Select(t => t.Value.Trim()).ToArray());
        foreach (XElement view in document.Descendants("View"))
        {
            string name = view.Element("Name")?.Value.Trim() ?? string.Empty;
            if (view.Descendants("ScriptBlock").Any())
                throw new InvalidDataException($"{path}: the view '{name}' has a script block, which cannot run here; name a property instead.");

            string[] types = [.. view.Element("ViewSelectedBy")!.Elements().SelectMany(e =>
                e.Name.LocalName == "SelectionSetName" ? selections[e.Value.Trim()] : [e.Value.Trim()])];
            string? group = view.Element("GroupBy")?.Element("PropertyName")?.Value.Trim();
            if (view.Element("TableControl") is { } table)
                yield return new FormatView(name, types, ViewKind.Table, Columns(table), group, table.Descendants("Wrap").Any());
            else if (view.Element("ListControl") is { } list)
                yield return new FormatView(name, types, ViewKind.List, Lines(list), group);
            else if (view.Element("CustomControl")?.Descendants("PropertyName").ToArray() is [var only])
                yield return new FormatView(name, types, ViewKind.Line, [new FormatColumn(only.Value.Trim(), only.Value.Trim(), 0, null)], group);
        }
    }

    private static FormatColumn[] Columns(XElement table)
    {
        XElement[] headers = [.. table.Element("TableHeaders")?.Elements("TableColumnHeader") ?? []];
        XElement[] items = [.. table.Descendants("TableRowEntry").First().Descendants("TableColumnItem")];
        return [.. items.Select((item, i) =>
        {
            XElement? header = i < headers.Length ? headers[i] : null;
            string property = item.Element("PropertyName")!.Value.Trim();
            return new FormatColumn(
                header?.Element("Label")?.Value.Trim() is { Length: > 0 } label ? label : property,
                property,
                int.Parse(header?.Element("Width")?.Value.Trim() ?? "0", CultureInfo.InvariantCulture),
                item.Element("Alignment")?.Value.Trim() ?? header?.Element("Alignment")?.Value.Trim() ?? FormatColumn.Left,
                item.Element("FormatString")?.Value);
        })];
    }

    private static FormatColumn[] Lines(XElement list) =>
        [.. list.Descendants("ListEntry").First().Descendants("ListItem").Select(item =>
        {
            string property = item.Element("PropertyName")!.Value.Trim();
            return new FormatColumn(item.Element("Label")?.Value.Trim() ?? property, property, 0, null, item.Element("FormatString")?.Value);
        })];
}
