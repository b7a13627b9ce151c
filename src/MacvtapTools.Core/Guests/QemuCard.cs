namespace MacvtapTools.Guests;

/// <summary>A network card for a guest in QEMU.</summary>
internal sealed record QemuCard
{
    /// <summary>The card's id; the backend's is made of it.</summary>
    internal required string Id { get; init; }

    /// <summary>The link behind it.</summary>
    internal required string LinkName { get; init; }

    /// <summary>The card's MAC address.</summary>
    internal required string MacAddress { get; init; }

    /// <summary>QEMU's name of the card.</summary>
    internal string Model { get; init; } = QemuArguments.UsualModel;

    /// <summary>How many queues, 1 to 256.</summary>
    internal int QueueCount { get; init; } = 1;

    /// <summary>The descriptors, as numbers or placeholders with colons between; null: QEMU attaches to the tap by its name.</summary>
    internal string? Descriptors { get; init; }

    /// <summary>Whether the descriptors are numbers: then nobody will look for placeholders.</summary>
    internal bool HasNumbers => Descriptors is [>= '0' and <= '9', ..];

    /// <summary>Whether the kernel moves the frames (vhost-net).</summary>
    internal bool Vhost { get; init; }

    /// <summary>Further options of the card: texts, numbers (long) and switches (bool), which QMP tells apart.</summary>
    internal IReadOnlyDictionary<string, object> DeviceOptions { get; init; } = new Dictionary<string, object>();
}
