using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on bridge ports that have to be named.</summary>
public abstract class BridgePortCmdlet : IdentityCmdlet<BridgePort>
{
    /// <summary>Works on one port, as it is now.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="port">The port.</param>
    private protected abstract void Process(LinkSession session, BridgePort port);

    /// <summary>The client for ports in a session's namespace.</summary>
    private protected static BridgePortClient Ports(LinkSession session) => new(session.Conversation, session.Changer);

    /// <summary>The cmdlet's name where it is about hairpin, for the advice on a link that is no port.</summary>
    private protected virtual string? HairpinCommand => null;

    /// <summary>How a port is named in the question that -WhatIf and -Confirm put.</summary>
    private protected static string Describe(BridgePort port) =>
        $"{port.Name} (index {port.InterfaceIndex}, port of {port.Bridge}{(port.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty)})";

    /// <summary>Works on a link that is no port of a bridge of the kernel.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link.</param>
    /// <param name="isPattern">It fits a pattern, and was not named itself.</param>
    private protected virtual void ProcessOther(LinkSession session, Link link, bool isPattern)
    {
        if (!isPattern) Report(PortCauses.NotAPort(link, session.Reader, HairpinCommand));
    }

    /// <summary>Works on an object that is a port of Open vSwitch.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="port">The port as it was.</param>
    /// <param name="link">Its link as it is now.</param>
    private protected virtual void ProcessOpenVswitch(LinkSession session, BridgePort port, Link link) => throw new MacvtapException(
        FailureId.NotBridgePort,
        $"{port.Name} is a port of {port.Bridge}, a bridge of Open vSwitch, and {MyInvocation.MyCommand.Name} works on ports of the kernel's bridges.",
        "ovs-vsctl changes ports of Open vSwitch; Enable-Hairpin and Disable-Hairpin take both.",
        port);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link, bool isPattern)
    {
        if (BridgePortClient.AsPort(link) is { } port) Process(session, port);
        else ProcessOther(session, link, isPattern);
    }

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(BridgePort value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Link link = LinkSelection.Again(session.Reader, value.Link);
        if (value.Backend == BridgeBackend.OpenVswitch && link.Record.Port is null) ProcessOpenVswitch(session, value, link);
        else Process(session, link, false);
    }
}
