using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The files of views that are shipped.</summary>
internal static partial class ViewFiles
{
    /// <summary>All views, in the order in which a shell reads them.</summary>
    internal static IReadOnlyList<XElement> Views { get; } = [.. ShippedModule.Manifest.FormatsToProcess.SelectMany(f => XDocument.Load(f).Descendants("View"))];

    internal static string Name(XElement view) => $"{view.Element("Name")!.Value} ({view.Elements().First(e => e.Name.LocalName.EndsWith("Control", StringComparison.Ordinal)).Name.LocalName})";

    /// <summary>The types that a view is for.</summary>
    internal static IEnumerable<Type> Types(XElement view) => view.Element("ViewSelectedBy")!.Elements("TypeName").Select(t => typeof(Link).Assembly.GetType(t.Value, throwOnError: true)!);

    /// <summary>The properties that a part of a view reads, by name or in a script.</summary>
    internal static IEnumerable<string> Properties(XElement part) =>
        part.Descendants("PropertyName").Select(p => p.Value).Concat(part.Descendants("ScriptBlock").SelectMany(s => PropertyOfObject.Matches(s.Value).Select(m => m.Groups[1].Value)));

    /// <summary>A property that is read, not a method that is called.</summary>
    [GeneratedRegex(@"\$_\.(\w+)\b(?!\()")]
    private static partial Regex PropertyOfObject { get; }
}
