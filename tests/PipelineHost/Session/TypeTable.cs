using System.Management.Automation;
using System.Xml.Linq;

namespace MacvtapTools.PipelineHost;

/// <summary>What types.ps1xml files add to types: alias properties and the set of default properties.</summary>
internal sealed class TypeTable
{
    private static readonly AsyncLocal<TypeTable?> Active = new();
    private static readonly TypeTable Empty = new();
    private readonly Dictionary<string, List<PSAliasProperty>> aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string[]> displayed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The table of the shell that runs on this flow of control.</summary>
    internal static TypeTable Current
    {
        get => Active.Value ?? Empty;
        set => Active.Value = value;
    }

    internal void Load(string path)
    {
        foreach (XElement type in XDocument.Load(path).Descendants("Type"))
        {
            string name = type.Element("Name")?.Value.Trim() ?? throw new InvalidDataException($"{path}: a Type without Name.");
            foreach (XElement alias in type.Element("Members")?.Elements("AliasProperty") ?? [])
            {
                if (!aliases.TryGetValue(name, out List<PSAliasProperty>? list))
                    aliases[name] = list = [];

                list.Add(new PSAliasProperty(alias.Element("Name")!.Value.Trim(), alias.Element("ReferencedMemberName")!.Value.Trim()));
            }

            XElement? set = type.Descendants("PropertySet").FirstOrDefault(p => p.Element("Name")?.Value.Trim() == "DefaultDisplayPropertySet");
            if (set is not null)
                displayed[name] = [.. set.Descendants("ReferencedProperties").Elements("Name").Select(n => n.Value.Trim())];
        }
    }

    internal IEnumerable<PSAliasProperty> AliasesFor(IEnumerable<string> typeNames) =>
        aliases.Count == 0 ? [] : typeNames.SelectMany(n => aliases.TryGetValue(n, out List<PSAliasProperty>? list) ? list : []);

    internal string[]? DefaultDisplay(IEnumerable<string> typeNames) =>
        typeNames.Select(n => displayed.GetValueOrDefault(n)).FirstOrDefault(d => d is not null);
}
