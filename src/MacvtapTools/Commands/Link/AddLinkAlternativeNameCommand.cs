using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gives links further names, up to 127 bytes each. Every -Name takes them.</summary>
[Cmdlet(VerbsCommon.Add, "LinkAlternativeName", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class AddLinkAlternativeNameCommand : LinkChangeCmdlet
{
    /// <summary>The names to add.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("AltName")]
    public string[] AlternativeName { get; set; } = [];

    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (!ShouldProcess(Describe(link), $"Add alternative name {string.Join(", ", AlternativeName)}")) return;
        if (session.AlternativeNames.Add(link, AlternativeName) is { } failure) throw NameCauses.ExplainAlternativeNames(failure, link);
        if (PassThru) WriteObject(LinkSelection.ByIndex(session.Reader, link.InterfaceIndex));
    }
}
