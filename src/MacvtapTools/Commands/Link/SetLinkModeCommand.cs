using System.Management.Automation;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Changes the mode of macvlans and macvtaps while they are in use.</summary>
[Cmdlet(VerbsCommon.Set, "LinkMode", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
[OutputType(typeof(MacvlanLink), typeof(MacvtapLink))]
public sealed class SetLinkModeCommand : LinkChangeCmdlet
{
    /// <summary>The mode to have.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public LinkMode Mode { get; set; }

    /// <summary>The flags to have then; they replace those that are set. Left as they are where it is left out.</summary>
    [Parameter]
    [Alias("ModeFlag")]
    public ModeFlag? Flag { get; set; }

    /// <summary>Source mode: the MAC addresses to receive from, instead of those that are set; at most 5400.</summary>
    [Parameter]
    public string[]? SourceAddress { get; set; }

    /// <summary>Gives the links back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link)
    {
        if (link is not MacvlanLink macvlan)
            throw new MacvtapException(FailureId.NotMacvlanLink, $"{link.Name} has no mode: it is {Kind(link)}, not a macvlan or macvtap.", $"Get-Link -Kind macvtap{CommandText.Place(link.NetworkNamespace)} lists those that have.", link);
        if (SourceAddress is not null && Mode != LinkMode.Source)
        {
            // The kernel would set the mode first and then refuse the list.
            throw new MacvtapException(FailureId.ParameterInvalid, $"Only the mode Source has source addresses, and {Mode} was asked for.", "Use -Mode Source, or leave out -SourceAddress.", link) { Cause = FailureCause.NotInSourceMode };
        }

        try
        {
            if (!Proceed(Describe(link), $"Set the mode to {Mode} (from {macvlan.Mode})", () => Check(session, macvlan))) return;
            if (Flag is { } wanted) PassthruGuard.ThrowIfUnsafe(macvlan, wanted);
            ChangeResult<Link> result = session.Changer.SetMode(macvlan, Mode, Flag, SourceAddress);
            if (macvlan.Mode == LinkMode.Source && Mode != LinkMode.Source && macvlan.SourceAddress.Count > 0)
                WriteWarning($"{link.Name} left source mode, and the kernel dropped its list of {macvlan.SourceAddress.Count} source addresses.");
            ReportDifferences(result.Link, result.Differences);
            if (PassThru) WriteObject(result.Link);
        }
        catch (KernelException failure)
        {
            throw ChangeCauses.ExplainMode(failure, macvlan, Mode, SourceAddress is not null, Flag);
        }
    }

    private Verdict Check(LinkSession session, MacvlanLink link)
    {
        if (Flag is { } wanted) PassthruGuard.ThrowIfUnsafe(link, wanted);
        return ChangePreflight.CheckMode(link, Mode, Flag, SourceAddress, LinkSnapshot.Take(session));
    }

    private static string Kind(Link link) => link.Kind is { } kind ? $"of kind {kind}" : "a device";
}
