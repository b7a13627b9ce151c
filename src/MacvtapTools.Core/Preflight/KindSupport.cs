namespace MacvtapTools.Preflight;

/// <summary>Whether the kernel has a kind of link, as far as that can be seen without making one.</summary>
internal static class KindSupport
{
    /// <summary>What cannot be known of a kind, or nothing: it is loaded, or there is a module or a built-in part of that name.</summary>
    internal static Verdict Check(string kind) => IsThere(kind)
        ? Verdict.Accepted
        : new Verdict($"whether this kernel has links of kind {kind} shows only when one is made");

    /// <summary>Whether there is a driver of that name, loaded or to be loaded.</summary>
    internal static bool IsThere(string module) => Directory.Exists($"/sys/module/{module}") || IsListed(module);

    /// <summary>Whether the driver of a link takes every MTU within its bounds: of other kinds the lower device's can matter, and what else is not known.</summary>
    internal static bool TakesEveryMtu(Link link) => link is VethLink or BridgeLink or TapLink || link.Kind is null or "dummy" or "ifb" or "ipvlan" or "ipvtap";

    /// <summary>Whether a link can always be switched on, as far as its driver is known.</summary>
    internal static bool GoesUp(Link link) => link is MacvlanLink || TakesEveryMtu(link) || link.Kind == "bond";

    private static bool IsListed(string kind)
    {
        try
        {
            string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
            foreach (string list in new[] { "modules.builtin", "modules.dep" })
            {
                string path = $"/lib/modules/{release}/{list}";
                if (File.Exists(path) && File.ReadLines(path).Any(l => l.Contains($"/{kind}.ko", StringComparison.Ordinal))) return true;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Then it is not known.
        }

        return false;
    }
}
