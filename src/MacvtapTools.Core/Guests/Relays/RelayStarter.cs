using MacvtapTools.Failures;

namespace MacvtapTools.Guests.Relays;

/// <summary>Starts relays, and knows those of this process.</summary>
internal static class RelayStarter
{
    private static readonly object _gate = new();
    private static readonly List<TapRelay> _relays = [];

    // A process that ends in good order leaves no socket files. One that is killed leaves them, and they are recognized.
    static RelayStarter() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (TapRelay relay in List()) relay.Stop();
        foreach (TapRelay relay in List()) relay.WaitForEnd(TimeSpan.FromSeconds(1));
    };

    /// <summary>The relays that were started and not removed, in the order of their start.</summary>
    internal static IReadOnlyList<TapRelay> List()
    {
        lock (_gate) return [.. _relays];
    }

    /// <summary>Ends a relay and forgets it.</summary>
    internal static void Remove(TapRelay relay)
    {
        relay.Dispose();
        lock (_gate) _relays.Remove(relay);
    }

    /// <summary>Starts a relay between a tap device and a socket.</summary>
    /// <param name="endpoint">The tap device.</param>
    /// <param name="isOwner">Whether it is closed with the relay, and where the relay cannot be started.</param>
    /// <param name="path">The absolute path to listen at; null for a socket pair.</param>
    /// <param name="keepListening">Whether to wait for another guest when one has gone.</param>
    /// <exception cref="MacvtapException">SocketExists, ParameterInvalid, AccessDenied, TapEndpointClosed, TapDeviceNotFound.</exception>
    internal static TapRelay Start(TapEndpoint endpoint, bool isOwner, string? path, bool keepListening)
    {
        RelaySocket? listener = null;
        try
        {
            RequireFrames(endpoint);
            RelayFacts facts = RelayFacts.Of(endpoint, null);
            listener = path is null ? null : RelaySocket.Open(path);
            return Keep(new TapRelay(facts, new TapPort(endpoint, isOwner), null, listener, keepListening));
        }
        catch
        {
            listener?.Dispose();
            if (isOwner) endpoint.Dispose();
            throw;
        }
    }

    /// <summary>Starts a relay between two tap devices, as a cable between their links.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: they are one link, or have headers of different sizes.</exception>
    internal static TapRelay StartCable(TapEndpoint endpoint, bool isOwner, TapEndpoint other, bool isOwnerOfOther)
    {
        try
        {
            RequireFrames(endpoint);
            RequireFrames(other);
            RequireOther(RelaySide.Of(endpoint), RelaySide.Of(other), other);
            return Keep(new TapRelay(RelayFacts.Of(endpoint, other.Name), new TapPort(endpoint, isOwner), new TapPort(other, isOwnerOfOther), null, false));
        }
        catch
        {
            if (isOwner) endpoint.Dispose();
            if (isOwnerOfOther) other.Dispose();
            throw;
        }
    }

    /// <summary>Requires that two sides are two links, whose frames fit each other.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static void RequireOther(RelaySide one, RelaySide other, object target)
    {
        if ((one.Name, one.InterfaceIndex, one.NetworkNamespace) == (other.Name, other.InterfaceIndex, other.NetworkNamespace))
            throw new MacvtapException(FailureId.ParameterInvalid, $"Both sides are the tap device of {one.Name}.", "Give another link for the other side.", target);
        if (one.HeaderLength == other.HeaderLength) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{one.Name} has {one.HeaderLength} bytes before each frame, and {other.Name} {other.HeaderLength}.",
            "Open both with the same vnet header, or give the links.",
            target);
    }

    private static TapRelay Keep(TapRelay relay)
    {
        lock (_gate) _relays.Add(relay);
        return relay;
    }

    /// <summary>Requires a device that carries Ethernet frames and nothing before them that a guest does not expect.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid.</exception>
    internal static void RequireFrames(TapEndpoint endpoint)
    {
        if (!endpoint.RequireFrames().PacketInformation) return;
        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"{endpoint.Name} was opened with packet information, which no guest expects before a frame.",
            "Open it without -PacketInformation, or give the link.",
            endpoint);
    }
}
