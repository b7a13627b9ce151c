using MacvtapTools.Netlink;

namespace MacvtapTools.Events;

/// <summary>What a watch is to look at, and how.</summary>
internal sealed record WatchSettings
{
    /// <summary>The namespaces: names, paths or process ids; null for the current one.</summary>
    internal IReadOnlyList<string?> NetworkNamespaces { get; init; } = [null];

    /// <summary>All registered namespaces and the current one, also those that come later.</summary>
    internal bool All { get; init; }

    /// <summary>How often the kernel's list is compared, for changes that it does not announce; zero for never.</summary>
    internal TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes of announcements may wait.</summary>
    internal int ReceiveBuffer { get; init; } = EventSocket.UsualReceiveBuffer;

    /// <summary>Whether the links that are there at the start are reported too.</summary>
    internal bool InitialState { get; init; }
}
