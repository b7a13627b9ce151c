using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on bridge ports that have to be named.</summary>
public abstract class BridgePortCmdlet : KernelCmdlet
{
    /// <summary>The names of the ports; patterns are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The interface indexes of the ports.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ByIndex, ValueFromPipelineByPropertyName = true)]
    [Alias("ifIndex")]
    public int[] InterfaceIndex { get; set; } = [];

    /// <summary>Ports that another cmdlet gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BridgePort[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case ParameterSets.ByIndex:
                foreach (int index in InterfaceIndex) Each(index, Session, s => [LinkSelection.ByIndex(s.Reader, index)], false);
                break;
            case ParameterSets.InputObject:
                foreach (BridgePort port in InputObject) Each(port, () => Session(port.NetworkNamespace), s => [LinkSelection.Again(s.Reader, port.Link)], false);
                break;
            default:
                foreach (string name in Name) Each(name, Session, s => LinkSelection.ByName(s.Reader, name, null, WarnInterrupted), WildcardPattern.ContainsWildcardCharacters(name));
                break;
        }
    }

    /// <summary>Works on one port, as it is now.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="port">The port.</param>
    private protected abstract void Process(LinkSession session, BridgePort port);

    /// <summary>The client for ports in a session's namespace.</summary>
    private protected static BridgePortClient Ports(LinkSession session) => new(session.Conversation, session.Reader, session.Changer);

    /// <summary>The cmdlet's name where it is about hairpin, for the advice on a link that is no port.</summary>
    private protected virtual string? HairpinCommand => null;

    /// <summary>How a port is named in the question that -WhatIf and -Confirm put.</summary>
    private protected static string Describe(BridgePort port) =>
        $"{port.Name} (index {port.InterfaceIndex}, port of {port.Bridge}{(port.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty)})";

    /// <param name="target">What the work is about.</param>
    /// <param name="open">Gives the session.</param>
    /// <param name="select">Gives the links.</param>
    /// <param name="isPattern">Then links that are no ports are passed over.</param>
    private void Each(object target, Func<LinkSession> open, Func<LinkSession, IEnumerable<Link>> select, bool isPattern) => Attempt(target, () =>
    {
        LinkSession session = open();
        foreach (Link link in select(session))
        {
            if (BridgePortClient.AsPort(link) is { } port) Attempt(port, () => Process(session, port));
            else if (!isPattern) Report(PortCauses.NotAPort(link, session.Reader, HairpinCommand));
        }
    });
}
