using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MacvtapTools.Failures;
using MacvtapTools.Guests;

namespace MacvtapTools.Commands;

/// <summary>Reads from libvirt's XML which macvtaps a guest or a network makes, as objects that New-MacvtapLink takes.</summary>
[Cmdlet(VerbsData.ConvertFrom, "LibvirtXml", DefaultParameterSetName = ByXml)]
[OutputType(typeof(LibvirtInterface))]
public sealed class ConvertFromLibvirtXmlCommand : ModuleCmdlet
{
    private const string ByXml = "ByXml";
    private const string ByPath = "ByPath";
    private const string Declaration = "<?xml";

    private readonly List<XElement> _elements = [];
    private readonly StringBuilder _lines = new();

    /// <summary>XML: a text, its lines one by one as virsh dumpxml writes them, documents, or files as Get-ChildItem gives them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByXml, ValueFromPipeline = true)]
    [AllowEmptyString]
    public PSObject[] Xml { get; set; } = [];

    /// <summary>The paths of files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Also gives the cards for which no macvtap is made, instead of naming them in warnings.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path) Attempt(path, () => ReadFile(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)));
        foreach (PSObject value in Xml) Attempt(null, () => Take(value.BaseObject));
    }

    /// <summary>Lines are complete only here, and a guest can come before its network.</summary>
    protected override void EndProcessing()
    {
        Attempt(null, Flush);
        Attempt(null, () =>
        {
            foreach (LibvirtInterface card in LibvirtReader.Read(_elements))
            {
                if (card.IsMacvtap || All) WriteObject(card);
                else WriteWarning(LibvirtReader.Describe(card) + " -All shows it.");
            }
        });
    }

    private void Take(object value)
    {
        switch (value)
        {
            case XmlNode node:
                _elements.AddRange(LibvirtReader.Parse(node.OuterXml, null));
                break;
            case XNode node:
                _elements.AddRange(LibvirtReader.Parse(node.ToString(), null));
                break;
            case FileInfo file:
                ReadFile(file.FullName);
                break;
            default:
                string line = value.ToString() ?? string.Empty;

                // A declaration begins a document; what was before is complete.
                if (line.TrimStart().StartsWith(Declaration, StringComparison.Ordinal)) Flush();
                _lines.AppendLine(line);
                break;
        }
    }

    private void Flush()
    {
        string text = _lines.ToString().Trim();
        _lines.Clear();
        if (text.Length > 0) _elements.AddRange(LibvirtReader.Parse(text, null));
    }

    private void ReadFile(string path)
    {
        try
        {
            _elements.AddRange(LibvirtReader.Parse(File.ReadAllText(path).Trim(), path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            FailureId id = failure is UnauthorizedAccessException ? FailureId.AccessDenied : FailureId.ParameterInvalid;
            throw new MacvtapException(id, $"{path} cannot be read: {failure.Message}", null, path, failure);
        }
    }
}
