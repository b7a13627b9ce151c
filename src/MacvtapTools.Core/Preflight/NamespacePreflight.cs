using MacvtapTools.Interop;
using MacvtapTools.Namespaces;

namespace MacvtapTools.Preflight;

/// <summary>What the kernel would say to a new network namespace with a name, and to the removal of a name (unshare(2), mount(2), umount(2)).</summary>
internal static class NamespacePreflight
{
    private const string Limit = "/proc/sys/user/max_net_namespaces";

    /// <summary>A new one.</summary>
    /// <exception cref="Failures.MacvtapException">As <see cref="NamespaceStore.Create"/>.</exception>
    internal static Verdict CheckCreate(string name)
    {
        NamespaceStore.RequireFree(name);
        string directory = NamespaceDirectory.ForNew;
        if (!MayAdministrate()) throw Refused(Errno.EPERM, "unshare(CLONE_NEWNET)");
        if (File.Exists(Limit) && File.ReadAllText(Limit).Trim() == "0") throw Refused(Errno.ENOSPC, "unshare(CLONE_NEWNET)");
        if (!Directory.Exists(directory)) return FileAccessCheck.WhyNothingIsAdded(Path.GetDirectoryName(directory)!) is { } above ? throw Refused(above, $"mkdir {directory}") : Verdict.Accepted;
        return FileAccessCheck.WhyNothingIsAdded(directory) is { } here ? throw Refused(here, $"create {directory}/{name}") : Verdict.Accepted;

        Failures.MacvtapException Refused(Errno errno, string operation) => NamespaceStore.Refused(NamespaceStore.NotCreated(name), name, new PredictedRefusal(errno, operation));
    }

    /// <summary>The removal of a name.</summary>
    /// <exception cref="Failures.MacvtapException">As <see cref="NamespaceStore.Delete"/>.</exception>
    internal static Verdict CheckDelete(string name)
    {
        string path = NamespaceStore.RequirePath(name);
        if (!MayAdministrate()) throw Refused(Errno.EPERM, $"umount {path}");
        return FileAccessCheck.WhyNothingIsAdded(Path.GetDirectoryName(path)!) is { } errno ? throw Refused(errno, $"unlink {path}") : Verdict.Accepted;

        Failures.MacvtapException Refused(Errno errno, string operation) => NamespaceStore.Refused(NamespaceStore.NotDeleted(name), name, new PredictedRefusal(errno, operation));
    }

    private static bool MayAdministrate() => ThreadCredentials.Read().Has(Libc.CAP_SYS_ADMIN);
}
