using System.Management.Automation;

namespace MacvtapTools;

/// <summary>Where frames are sent to: an open tap device, a tap device, or a link in any way that names one.</summary>
public sealed class FrameTarget
{
    /// <summary>An open tap device; it stays open.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public FrameTarget(TapEndpoint endpoint) => Endpoint = endpoint;

    /// <summary>A tap device; opened for the time being.</summary>
    /// <param name="device">The device.</param>
    public FrameTarget(TapDevice device) => Device = device;

    /// <summary>A link that was read before.</summary>
    /// <param name="link">The link.</param>
    public FrameTarget(Link link) => Link = new LinkReference(link);

    /// <summary>A link by name.</summary>
    /// <param name="name">The name or alternative name.</param>
    public FrameTarget(string name) => Link = new LinkReference(name);

    /// <summary>A link by index.</summary>
    /// <param name="interfaceIndex">The interface index.</param>
    public FrameTarget(int interfaceIndex) => Link = new LinkReference(interfaceIndex);

    /// <summary>Any object with a Name or InterfaceIndex.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="ArgumentException">It has neither.</exception>
    public FrameTarget(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case TapEndpoint endpoint:
                Endpoint = endpoint;
                break;
            case TapDevice device:
                Device = device;
                break;
            case Link link:
                Link = new LinkReference(link);
                break;
            default:
                Link = new LinkReference(value);
                break;
        }
    }

    /// <summary>The open tap device, or null.</summary>
    public TapEndpoint? Endpoint { get; }

    /// <summary>The tap device, or null.</summary>
    public TapDevice? Device { get; }

    /// <summary>The link, or null.</summary>
    public LinkReference? Link { get; }

    /// <summary>What is meant, in a word.</summary>
    public override string ToString() => Endpoint?.ToString() ?? Device?.ToString() ?? Link?.ToString() ?? string.Empty;
}
