namespace MacvtapTools.Guests.Relays;

/// <summary>What a relay tells of its link, and of the second one where there is one.</summary>
internal sealed record RelayFacts(string Name, int InterfaceIndex, string? NetworkNamespace, string MacAddress, int VnetHeaderSize, TapDevice? Device, string? PeerName)
{
    /// <summary>What is known of an open tap device.</summary>
    internal static RelayFacts Of(TapEndpoint endpoint, string? peerName) =>
        new(endpoint.Name, endpoint.InterfaceIndex, endpoint.NetworkNamespace, endpoint.MacAddress, endpoint.VnetHeader ? endpoint.VnetHeaderSize : 0, endpoint.Device, peerName);
}
