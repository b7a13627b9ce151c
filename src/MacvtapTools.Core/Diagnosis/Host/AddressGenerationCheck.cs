namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the host makes IPv6 addresses on new links.</summary>
internal sealed class AddressGenerationCheck() : HostCheckRule("AddressGeneration", Settings)
{
    private const string None = "1"; // IN6_ADDR_GEN_MODE_NONE

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        if (host.ReadSetting("ipv6/conf/default/disable_ipv6") is not { } off) return NotApplicable("The kernel has no IPv6.");
        string mode = host.ReadSetting("ipv6/conf/default/addr_gen_mode") ?? string.Empty;
        string[] evidence = [$"net.ipv6.conf.default.disable_ipv6 = {off}", $"net.ipv6.conf.default.addr_gen_mode = {mode}"];
        return off != "0" || mode == None
            ? Passed("The host makes no IPv6 addresses on new links.", null, evidence)
            : Passed(
                "The host makes IPv6 addresses on new links; on a macvtap the guest would make the same one.",
                "New-MacvtapLink switches it off for each link that it makes; of those that other programs made, Get-LinkAdvice tells.",
                evidence);
    }
}
