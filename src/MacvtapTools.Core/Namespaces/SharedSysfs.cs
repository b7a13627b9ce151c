using System.Net.NetworkInformation;

namespace MacvtapTools.Namespaces;

/// <summary>Whether the machine's /sys shows the network namespace that the calling thread is in.</summary>
internal static class SharedSysfs
{
    // A link that comes or goes between the two looks makes them differ once.
    private const int Attempts = 3;

    /// <summary>Compares the links of /sys with those that the kernel reports: names and MAC addresses.</summary>
    internal static bool ShowsCurrentNamespace()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (Agree(InSysfs(), InNamespace()))
                return true;
        }

        return false;
    }

    /// <summary>The decision alone.</summary>
    /// <param name="shown">Link names and their addresses in bare hexadecimal digits, as /sys has them.</param>
    /// <param name="reported">The same as the kernel reports them.</param>
    internal static bool Agree(IReadOnlyDictionary<string, string> shown, IReadOnlyDictionary<string, string> reported) =>
        shown.Count == reported.Count && shown.All(link => reported.TryGetValue(link.Key, out string? address) && SameAddress(address, link.Value));

    // All zeros (loopback, tunnels) is reported as no address by some versions of .NET.
    private static bool SameAddress(string one, string other) =>
        string.Equals(one.TrimStart('0'), other.TrimStart('0'), StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> InSysfs()
    {
        Dictionary<string, string> links = new(StringComparer.Ordinal);
        DirectoryInfo directory = new("/sys/class/net");
        if (!directory.Exists)
            return links;
        foreach (FileSystemInfo link in directory.EnumerateFileSystemInfos())
        {
            try
            {
                string address = File.ReadAllText($"{link.FullName}/address");
                links[link.Name] = address.Trim().Replace(":", string.Empty, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // Gone meanwhile, or no link (the file bonding_masters).
            }
        }

        return links;
    }

    private static Dictionary<string, string> InNamespace() =>
        NetworkInterface.GetAllNetworkInterfaces().ToDictionary(link => link.Name, link => link.GetPhysicalAddress().ToString(), StringComparer.Ordinal);
}
