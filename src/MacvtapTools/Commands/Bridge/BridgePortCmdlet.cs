using MacvtapTools.Bridging;
using MacvtapTools.Diagnosis;
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

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link, bool isPattern)
    {
        if (BridgePortClient.AsPort(link) is { } port) Process(session, port);
        else if (!isPattern) Report(PortCauses.NotAPort(link, session.Reader, HairpinCommand));
    }

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(BridgePort value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.Again(session.Reader, value.Link), false);
    }
}
