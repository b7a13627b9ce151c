using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>What Enable-Hairpin and Disable-Hairpin share.</summary>
public abstract class HairpinCmdlet : BridgePortCmdlet
{
    /// <summary>Gives the ports back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool On { get; }

    private protected override string? HairpinCommand => MyInvocation.MyCommand.Name;

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, BridgePort port)
    {
        if (!ShouldProcess(Describe(port), On ? "Switch hairpin on" : "Switch hairpin off")) return;
        if (session.Editor.Apply([PortChange.Create(port.Link, PortAttribute.Hairpin, On ? 1u : 0u)], out Link? now) is { } failure) throw EditCauses.Explain(failure, 1, session.Reader);
        BridgePort changed = BridgePortClient.AsPort(now!)!;
        if (On && PortCauses.WhyIneffective(changed) is { } why) WriteWarning($"Hairpin is on, without its full effect: {why}");
        if (PassThru) WriteObject(changed);
    }
}
