namespace MacvtapTools.Tour.Preflight;

/// <summary>What forbids user namespaces, as far as the host tells.</summary>
internal static class UserNamespaceAdvice
{
    private static readonly (string Path, string Forbidding, string Remedy)[] Switches =
    [
        ("/proc/sys/user/max_user_namespaces", "0", "sudo sysctl user.max_user_namespaces=15000"),
        ("/proc/sys/user/max_net_namespaces", "0", "sudo sysctl user.max_net_namespaces=15000"),
        ("/proc/sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl kernel.unprivileged_userns_clone=1"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    ];

    private static readonly string[] ContainerMarks = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"];

    internal static string Give()
    {
        List<string> help = [];
        foreach ((string path, string forbidding, string remedy) in Switches)
        {
            if (File.Exists(path) && File.ReadAllText(path).Trim() == forbidding)
                help.Add($"{path} is {forbidding}, which forbids it: {remedy}.");
        }

        if (ContainerMarks.Any(File.Exists) || Environment.GetEnvironmentVariable("container") is not null)
            help.Add("This is a container: start it with --privileged (or with --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined), and with -v /dev:/dev for the tap devices.");
        help.Add("Or run the tour as root, with CAP_SYS_ADMIN and CAP_NET_ADMIN, on a host or in a virtual machine.");
        return string.Join(' ', help);
    }
}
