namespace MacvtapTools.Diagnosis.Host;

/// <summary>Other programs that manage links, by what they leave in /run.</summary>
internal sealed class NetworkManagerCheck() : HostCheckRule("OtherManagers", Network)
{
    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        bool hasNetworkManager = host.Look("/run/NetworkManager/devices") is { IsDirectory: true };

        // /run/systemd/netif is made at every start; only networkd itself writes its state into it.
        bool hasNetworkd = host.Look("/run/systemd/netif/state") is not null;
        string[] evidence = [$"/run/NetworkManager/devices: {(hasNetworkManager ? "there" : "not there")}", $"/run/systemd/netif/state: {(hasNetworkd ? "there" : "not there")}"];
        return (hasNetworkManager, hasNetworkd) switch
        {
            (false, false) => NotApplicable("Neither NetworkManager nor systemd-networkd has run here, as far as /run shows.", evidence),
            (true, _) => Warning(
                "NetworkManager has run here: it can take links into its care, give them addresses, and make them anew.",
                "Keep it away from them: [keyfile] unmanaged-devices=type:macvlan in a file of /etc/NetworkManager/conf.d.",
                evidence),
            _ => Passed("systemd-networkd has run here: it changes only links that a .network file names.", "A file that matches every name ([Match] Name=*) would take yours too: Unmanaged=yes keeps it away.", evidence),
        };
    }
}
