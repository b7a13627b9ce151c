using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>What Enable-Hairpin and Disable-Hairpin share.</summary>
public abstract class HairpinCmdlet : BridgePortCmdlet
{
    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>The socket of the Open vSwitch database to ask about links that are no ports of a kernel bridge. The usual one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OvsDatabase")]
    [AllowNull]
    [AllowEmptyString]
    public string? OpenVswitchDatabase { get; set; }

    /// <summary>Gives the ports back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool On { get; }

    private protected override string? HairpinCommand => MyInvocation.MyCommand.Name;

    private string Change => On ? "Switch hairpin on" : "Switch hairpin off";

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, BridgePort port)
    {
        LinkChange[] changes = [PortChange.Create(port.Link, PortAttribute.Hairpin, On ? 1u : 0u)];
        if (!Proceed(Describe(port), Change, () => EditPreflight.Check(changes, session))) return;
        if (session.Editor.Apply(changes, out Link? now) is { } failure) throw EditCauses.Explain(failure, 1, session.Reader);
        BridgePort changed = BridgePortClient.AsPort(now!)!;
        Finish(changed, On ? PortCauses.WhyIneffective(changed) : null);
    }

    /// <inheritdoc/>
    private protected override void ProcessOther(LinkSession session, Link link, bool isPattern)
    {
        OpenVswitchClient client = _openVswitch[OpenVswitchDatabase, StopRequested];
        if (client.Find(link) is { } port) Switch(client, port);
        else if (!isPattern) Report(PortCauses.NotAPort(link, session.Reader, HairpinCommand, end => client.Find(end)?.Bridge));
        if (client.Unreachable is { } why) WriteVerbose($"Open vSwitch could not be asked about {link.Name}: {why}");
    }

    /// <inheritdoc/>
    private protected override void ProcessOpenVswitch(LinkSession session, BridgePort port, Link link)
    {
        OpenVswitchClient client = _openVswitch[port.OpenVswitchDatabase, StopRequested];
        Switch(client, client.Find(link) ?? throw PortCauses.NotAPort(link, session.Reader, HairpinCommand));
    }

    private void Switch(OpenVswitchClient client, BridgePort port)
    {
        if (!Proceed(Describe(port), Change, () => Verdict.Unless(() => client.CheckHairpin(port, On)))) return;
        BridgePort changed = client.SetHairpin(port, On, out string? limitation);
        Finish(changed, limitation);
    }

    private void Finish(BridgePort changed, string? limitation)
    {
        if (limitation is not null) WriteWarning($"Hairpin is on, without its full effect: {limitation}");
        if (PassThru) WriteObject(changed);
    }
}
