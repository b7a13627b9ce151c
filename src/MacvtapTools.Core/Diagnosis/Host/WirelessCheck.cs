namespace MacvtapTools.Diagnosis.Host;

/// <summary>Wireless devices as lower devices: an access point drops frames of other addresses than that of the station.</summary>
internal sealed class WirelessCheck() : HostCheckRule("WirelessLowerDevice", Network)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.WirelessLinks() is not { } wireless) return Unknown("Which links are wireless cannot be found out: sysfs does not show them.", "Mount /sys, or run it with CAP_SYS_ADMIN.");
        if (wireless.Count == 0) return NotApplicable("There is no wireless link.");
        string[] used = [.. host.Namespaces[0].Links.OfType<MacvlanLink>().Where(l => l.LowerDevice is { } lower && l.LowerDeviceNamespaceId is null && wireless.Contains(lower)).Select(l => $"{l.Name} on {l.LowerDevice}")];
        return used.Length == 0
            ? Passed($"Wireless, and no lower device: {Names(wireless.ToArray())}.", "Take a wired one as lower device: an access point drops frames of addresses that it did not admit.", wireless)
            : Failed($"A wireless device is the lower device of {Names(used)}: the access point drops the guests' frames.", "Take a wired lower device, or a classic tap with routing (New-TapLink, Set-LinkForwarding).", used);
    }
}
