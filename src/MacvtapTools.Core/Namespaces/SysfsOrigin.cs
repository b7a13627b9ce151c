namespace MacvtapTools.Namespaces;

/// <summary>How a <see cref="NamespaceSysfs"/> came by its file system.</summary>
internal enum SysfsOrigin
{
    /// <summary>Made by fsopen(2) and fsmount(2) inside the namespace, mounted nowhere. Certain.</summary>
    Detached,

    /// <summary>Mounted by mount(2) inside the namespace, in a mount namespace that only a thread of ours had. Certain.</summary>
    PrivateMount,

    /// <summary>The machine's /sys, whose links are the ones that the kernel reports for the current namespace.</summary>
    Shared,
}
