namespace MacvtapTools.Route;

/// <summary>What a new link is told beside its kind. Only what is set is sent.</summary>
internal sealed class LinkSettings
{
    /// <summary>Null lets the kernel pick one.</summary>
    internal string? Name { get; init; }

    /// <summary>0 lets the kernel pick one.</summary>
    internal int Index { get; init; }

    internal int? LowerIndex { get; init; }

    /// <summary>An open descriptor of the namespace to make it in; the lower device is one of the socket's. Null makes it in the socket's namespace.</summary>
    internal int? NamespaceDescriptor { get; init; }

    internal byte[]? Address { get; init; }

    internal uint? Mtu { get; init; }

    internal uint? TransmitQueueLength { get; init; }

    internal uint? QueueCount { get; init; }

    internal bool Up { get; init; }

    /// <summary>The same for another namespace, with a name of its own.</summary>
    internal LinkSettings ForNamespace(string name, int descriptor) => new()
    {
        Name = name,
        Index = Index,
        LowerIndex = LowerIndex,
        NamespaceDescriptor = descriptor,
        Address = Address,
        Mtu = Mtu,
        TransmitQueueLength = TransmitQueueLength,
        QueueCount = QueueCount,
        Up = Up,
    };
}
