using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Gives a link another name. Its index, its device node and what has it open stay.</summary>
[Cmdlet(VerbsCommon.Rename, "Link", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(Link))]
public sealed class RenameLinkCommand : LinkChangeCmdlet
{
    /// <summary>The name to have, 1 to 15 bytes.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NewLinkNameCompleter))]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Gives the link back as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        LinkName.ThrowIfInvalid(NewName);
        try
        {
            if (!Proceed(Describe(link), $"Rename to {NewName}", () => ChangePreflight.CheckRename(link, NewName, LinkSnapshot.Take(session)))) return;
            Link renamed = session.Changer.Rename(link, NewName);
            if (PassThru) WriteObject(renamed);
        }
        catch (KernelException failure)
        {
            throw NameCauses.ExplainRename(failure, link, NewName, session.Reader);
        }
    }
}
