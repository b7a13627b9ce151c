using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Everything that the checks of the host look at. Nothing of it is changed. What a check does not ask for is not looked up.</summary>
internal interface IHostSource
{
    /// <summary>The network namespace, as the user named it; null for the current one.</summary>
    string? NetworkNamespace { get; }

    /// <summary>What this kernel can do, tried out in a network namespace of its own.</summary>
    KernelProbe Probe { get; }

    /// <summary>The network namespace that is looked at, first, and all others that have a name.</summary>
    IReadOnlyList<NamespaceView> Namespaces { get; }

    /// <summary>The text of a file; null where it cannot be read.</summary>
    string? Read(string path);

    /// <summary>The value of a setting of the network namespace, by its path below /proc/sys/net; null where it cannot be read.</summary>
    string? ReadSetting(string path);

    /// <summary>The names in a directory; null where it cannot be listed.</summary>
    IReadOnlyList<string>? List(string directory);

    /// <summary>What is at a path; null for nothing.</summary>
    HostFile? Look(string path);

    /// <summary>Opens a device for reading and writing, and closes it.</summary>
    Errno TryOpen(string path);

    /// <summary>Asks the kernel for a change of a link that does not exist: without CAP_NET_ADMIN it says so first.</summary>
    Errno TryChange();

    /// <summary>Opens a packet socket, bound to nothing, and closes it.</summary>
    Errno TryPacketSocket();

    /// <summary>The names of the wireless links of the network namespace; null where sysfs does not tell.</summary>
    IReadOnlyList<string>? WirelessLinks();
}
