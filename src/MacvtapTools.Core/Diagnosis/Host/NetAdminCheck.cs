using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>CAP_NET_ADMIN: making and changing links.</summary>
internal sealed class NetAdminCheck() : CapabilityCheck("NetAdmin", nameof(Libc.CAP_NET_ADMIN), Libc.CAP_NET_ADMIN, "make and change links")
{
    /// <inheritdoc/>
    private protected override string What => "changing a link that does not exist";

    /// <inheritdoc/>
    private protected override Errno Try(IHostSource host) => host.TryChange();
}
