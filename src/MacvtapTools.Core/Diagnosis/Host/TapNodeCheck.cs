namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the macvtaps that there are have nodes that are theirs.</summary>
internal sealed class TapNodeCheck() : HostCheckRule("TapNodes", DeviceNodes)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        (NamespaceView Place, TapDevice Tap)[] all = [.. host.Namespaces.SelectMany(n => n.TapDevices.Select(t => (n, t)))];
        int unseen = host.Namespaces.Sum(n => n.Links.OfType<MacvtapLink>().Count()) - all.Length;
        string[] evidence = [.. all.Select(a => $"{a.Tap.Name}{a.Place.Place}: {a.Tap.Path} {a.Tap.State}"), .. host.Namespaces.Where(n => n.Refusal is not null).Select(n => $"{n.Name}: {n.Refusal}")];
        string[] shadowed = [.. all.Where(a => a.Tap.State is TapDeviceState.Shadowed or TapDeviceState.NotADevice).Select(a => a.Tap.Name + a.Place.Place)];
        string[] missing = [.. all.Where(a => a.Tap.State == TapDeviceState.Missing).Select(a => a.Tap.Name + a.Place.Place)];
        if (shadowed.Length > 0)
        {
            return Failed(
                $"At the path of the node is another device for {Names(shadowed)}: who opens it by path gets another link's frames.",
                "Get-TapDevice tells them apart, and Repair-TapDevice makes nodes of their own. Start guests with Start-TapProcess, which opens no wrong one.",
                evidence);
        }

        if (missing.Length > 0) return Warning($"There is no node for {Names(missing)}.", "Repair-TapDevice makes one.", evidence);
        if (unseen > 0) return Unknown($"The device numbers of {unseen} macvtaps cannot be read: sysfs does not show them.", "Mount /sys in the network namespace, or run it with CAP_SYS_ADMIN.", evidence);
        return all.Length > 0
            ? Passed(all.Length == 1 ? "The one macvtap has a node that is its own." : $"All {all.Length} macvtaps have nodes that are theirs.", null, evidence)
            : NotApplicable("There is no macvtap.", evidence);
    }
}
