namespace MacvtapTools.Guests.Relays;

/// <summary>One side of a cable between two tap devices.</summary>
/// <param name="Name">The link's name.</param>
/// <param name="InterfaceIndex">Its index.</param>
/// <param name="NetworkNamespace">Its namespace, as the user called it.</param>
/// <param name="HeaderLength">How many bytes stand before each frame.</param>
internal readonly record struct RelaySide(string Name, int InterfaceIndex, string? NetworkNamespace, int HeaderLength)
{
    /// <summary>That of an open device.</summary>
    internal static RelaySide Of(TapEndpoint endpoint) => new(endpoint.Name, endpoint.InterfaceIndex, endpoint.NetworkNamespace, endpoint.HeaderLength);
}
