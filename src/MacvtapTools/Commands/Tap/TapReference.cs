using System.Management.Automation;

namespace MacvtapTools;

/// <summary>One tap device that a parameter names: a tap device, an open endpoint, a relay, a link, the name or index of one, or any object that has a Name or InterfaceIndex.</summary>
public sealed class TapReference
{
    /// <summary>The tap device of a link by name.</summary>
    /// <param name="name">The link's name or alternative name.</param>
    public TapReference(string name) => Link = new LinkReference(name);

    /// <summary>The tap device of a link by index.</summary>
    /// <param name="interfaceIndex">The interface index.</param>
    public TapReference(int interfaceIndex) => Link = new LinkReference(interfaceIndex);

    /// <summary>The tap device of a link.</summary>
    /// <param name="link">The link, as it was read before.</param>
    public TapReference(Link link) => Link = new LinkReference(link);

    /// <summary>A tap device.</summary>
    /// <param name="device">The tap device, as Get-TapDevice gave it.</param>
    public TapReference(TapDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device = device;
        Link = new LinkReference(new PSObject(device));
    }

    /// <summary>The tap device of a link that is a port of a bridge.</summary>
    /// <param name="port">The port, as Get-BridgePort gave it.</param>
    public TapReference(BridgePort port) => Link = new LinkReference(new PSObject(port));

    /// <summary>A tap device that is open already; it stays open.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public TapReference(TapEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Endpoint = endpoint;
        Link = new LinkReference(new PSObject(endpoint));
    }

    /// <summary>The end of a relay that is for a guest.</summary>
    /// <param name="relay">The relay.</param>
    public TapReference(TapRelay relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        Relay = relay;
        Link = new LinkReference(new PSObject(relay));
    }

    /// <summary>Any object with a Name or InterfaceIndex.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It has neither.</exception>
    public TapReference(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Device = value.BaseObject as TapDevice;
        Endpoint = value.BaseObject as TapEndpoint;
        Relay = value.BaseObject as TapRelay;
        Link = new LinkReference(value);
    }

    /// <summary>The link.</summary>
    public LinkReference Link { get; }

    /// <summary>The tap device, where it is known.</summary>
    public TapDevice? Device { get; }

    /// <summary>The open endpoint, where it is one.</summary>
    public TapEndpoint? Endpoint { get; }

    /// <summary>The relay, where it is one.</summary>
    public TapRelay? Relay { get; }

    /// <summary>The link's name, or its index.</summary>
    public override string ToString() => Link.ToString();
}
