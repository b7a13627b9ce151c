using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Gets bridge ports as the kernel has them now.</summary>
[Cmdlet(VerbsCommon.Get, "BridgePort", DefaultParameterSetName = ParameterSets.ByName)]
[OutputType(typeof(BridgePort))]
public sealed class GetBridgePortCommand : QueryCmdlet<BridgePort>
{
    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>Only ports of this bridge.</summary>
    [Parameter(ParameterSetName = ParameterSets.ByName)]
    [Parameter(ParameterSetName = ParameterSets.ByNamespace)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public LinkReference? Bridge { get; set; }

    /// <summary>The socket of the Open vSwitch database to ask about links that are no ports of a kernel bridge. The usual one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OvsDatabase")]
    [AllowNull]
    [AllowEmptyString]
    public string? OpenVswitchDatabase { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed) =>
        Process(session, links, isNamed, _openVswitch[OpenVswitchDatabase, StopRequested]);

    /// <inheritdoc/>
    private protected override void ProcessObject(BridgePort value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        string? database = value.OpenVswitchDatabase ?? OpenVswitchDatabase;
        Process(session, [LinkSelection.Again(session.Reader, value.Link)], true, _openVswitch[database, StopRequested]);
    }

    private void Process(LinkSession session, IReadOnlyList<Link> links, bool isNamed, OpenVswitchClient openVswitch)
    {
        bool isOfKernel = false;
        string? bridge = Bridge is { } reference ? FindBridge(session, reference, openVswitch, out isOfKernel) : null;
        foreach (Link link in links)
        {
            // A link that is asked for by -Bridge of the kernel cannot be a port of Open vSwitch, and then that is not asked.
            BridgePort? port = BridgePortClient.AsPort(link) ?? (isOfKernel ? null : openVswitch.Find(link));
            if (port is null)
            {
                if (isNamed) Report(PortCauses.NotAPort(link, session.Reader));
            }
            else if (bridge is null || port.Bridge == bridge)
            {
                WriteObject(port);
            }
        }

        if (openVswitch.Unreachable is { } why) WriteVerbose($"Open vSwitch could not be asked, and its ports are not shown: {why}");
    }

    private static string FindBridge(LinkSession session, LinkReference reference, OpenVswitchClient openVswitch, out bool isOfKernel)
    {
        isOfKernel = false;
        try
        {
            Link link = Find(session, reference, FailureId.LinkNotFound);
            isOfKernel = link is BridgeLink;
            if (isOfKernel || openVswitch.HasBridge(link.Name)) return link.Name;
        }
        catch (MacvtapException failure) when (failure.Id == FailureId.LinkNotFound && reference.Name is { } name && openVswitch.HasBridge(name))
        {
            // The bridge's own port is in another namespace.
            return name;
        }

        throw new MacvtapException(FailureId.NotBridgeLink, $"{reference} is not a bridge.", $"Get-Link -Kind bridge{CommandText.Place(session.Reader.NetworkNamespace)} lists the bridges.", reference.ToString());
    }
}
