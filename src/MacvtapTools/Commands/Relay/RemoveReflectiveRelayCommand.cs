using System.Management.Automation;
using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Undoes reflective relays: what came with them goes, what was there before is as before.</summary>
[Cmdlet(VerbsCommon.Remove, "ReflectiveRelay", DefaultParameterSetName = ParameterSets.ByName, SupportsShouldProcess = true)]
public sealed class RemoveReflectiveRelayCommand : IdentityCmdlet<ReflectiveRelay>
{
    private readonly HashSet<(LinkSession Session, string Id)> _done = [];

    /// <summary>Also with the links that are on its lower device, and with a bridge of its own that others use.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, bool isPattern)
    {
        string[] ids = [.. RelayMark.Of(link).Select(m => m.Id)];
        if (ids.Any(i => _done.Contains((session, i)))) return;
        ReflectiveRelay? relay = RelayReader.Find(session.Reader.List().Links, link.InterfaceIndex);
        if (relay is not null) Remove(session, relay);
        else if (!isPattern) throw GetReflectiveRelayCommand.NotOurs(link);
    }

    /// <inheritdoc/>
    private protected override void ProcessObject(ReflectiveRelay value)
    {
        LinkSession session = Session(value.NetworkNamespace);
        Remove(session, RelayReader.Find(session.Reader, value.Id) ?? throw new MacvtapException(FailureId.LinkNotFound, $"The relay {value.Name} is gone.", "Get-ReflectiveRelay lists those that there are.", value));
    }

    private void Remove(LinkSession session, ReflectiveRelay relay)
    {
        _done.Add((session, relay.Id));
        var remover = new RelayRemover(session);
        string[] guests = relay.LowerLink is null ? [] : [.. new SceneReader(session, Session).Read(relay.LowerLink, null).Scene.Links.Select(l => l.NetworkNamespace is { } place && place != relay.NetworkNamespace ? $"{l.Name} (network namespace {place})" : l.Name)];
        IReadOnlyList<Link> onBridge = [.. remover.UsersOfBridge(relay).OfType<MacvlanLink>()];
        string[] lost = [.. guests, .. onBridge.Select(l => l.Name)];
        if (lost.Length > 0 && !Force)
        {
            throw new MacvtapException(
                FailureId.LinkBusy,
                $"Could not remove the relay {relay.Name}: {string.Join(", ", lost)} {(lost.Length == 1 ? "is" : "are")} on it, and would go with it.",
                "Remove-Link those first, or insist with -Force.",
                relay);
        }

        string[] parts = [.. new[] { relay.LowerDevice, relay.Port, relay.OwnsBridge ? relay.Bridge : null }.OfType<string>()];
        string what = $"Remove the reflective relay: {string.Join(", ", parts)}{(lost.Length > 0 ? $", and with it {string.Join(", ", lost)}" : string.Empty)}{(relay.Uplink is { } uplink ? $"; release {uplink}" : string.Empty)}";
        if (!Proceed($"{relay.Name} (index {relay.InterfaceIndex}{(relay.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty)})", what, () => new RelayPreflight(session).CheckRemove(relay))) return;
        foreach (string standing in remover.Remove(relay, Force)) WriteWarning(standing);
    }
}
