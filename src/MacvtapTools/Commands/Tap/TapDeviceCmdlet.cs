using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on the node of a tap device: of a link that is named, or of an object that says which node.</summary>
public abstract class TapDeviceCmdlet : IdentityCmdlet<TapDevice>
{
    private protected TapDeviceLocator Locator { get; } = new();

    /// <summary>Works on a link's node.</summary>
    /// <param name="session">The session of its namespace.</param>
    /// <param name="link">The link, as it is now.</param>
    /// <param name="path">Which node; null for the one that Get-TapDevice gives.</param>
    private protected abstract void Process(LinkSession session, Link link, string? path);

    /// <inheritdoc/>
    private protected sealed override void Process(LinkSession session, Link link, bool isPattern)
    {
        if (isPattern && link is not MacvtapLink) return;
        Process(session, link, null);
    }

    /// <inheritdoc/>
    private protected sealed override void ProcessObject(TapDevice value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Process(session, LinkSelection.ByReference(session.Reader, new LinkReference(value.InterfaceIndex, value.Name), Failures.FailureId.LinkNotFound), value.Path);
    }

    /// <summary>How a node is named in the question that -WhatIf and -Confirm put.</summary>
    private protected static string DescribeNode(TapDevice device) =>
        $"{device.Path}, tap device of {device.Name} (index {device.InterfaceIndex}{(device.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty)})";
}
