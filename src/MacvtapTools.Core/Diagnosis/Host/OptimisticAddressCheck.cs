namespace MacvtapTools.Diagnosis.Host;

/// <summary>Whether the host uses an IPv6 address before it is known that nobody else has it.</summary>
internal sealed class OptimisticAddressCheck() : HostCheckRule("OptimisticAddresses", Settings)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        string? all = host.ReadSetting("ipv6/conf/all/optimistic_dad");
        string? defaults = host.ReadSetting("ipv6/conf/default/optimistic_dad");
        if (all is null && defaults is null) return NotApplicable("The kernel has no IPv6, or no optimistic addresses.");
        string[] evidence = [$"net.ipv6.conf.all.optimistic_dad = {all}", $"net.ipv6.conf.default.optimistic_dad = {defaults}"];
        return all is null or "0" && defaults is null or "0"
            ? Passed("The host uses an IPv6 address only when it is known that nobody else has it.", null, evidence)
            : Warning("The host uses an IPv6 address before it is known that nobody else has it: one that a guest has too does harm at once.", "Leave net.ipv6.conf.*.optimistic_dad at 0 on links with guests.", evidence);
    }
}
