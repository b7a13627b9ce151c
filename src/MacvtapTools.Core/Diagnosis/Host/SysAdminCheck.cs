using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>CAP_SYS_ADMIN: making and entering network namespaces.</summary>
internal sealed class SysAdminCheck() : CapabilityCheck("SysAdmin", nameof(Libc.CAP_SYS_ADMIN), Libc.CAP_SYS_ADMIN, "make and enter network namespaces")
{
    /// <inheritdoc/>
    private protected override string What => "making a network namespace";

    /// <inheritdoc/>
    private protected override Errno Try(IHostSource host) => host.Probe.Refusal;
}
