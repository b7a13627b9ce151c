using System.Globalization;
using MacvtapTools.Tour.Shells;

namespace MacvtapTools.Tour.Cleanup;

/// <summary>The tour's namespaces: "mvtour-PID-…", PID the process whose shell made them. With a namespace go its links.</summary>
internal static class Leftovers
{
    internal const string Prefix = "mvtour-";

    private static readonly string[] Folders = ["/run/netns", "/var/run/netns"];

    /// <summary>Removes what dead processes left.</summary>
    /// <returns>How many namespaces.</returns>
    internal static int RemoveOfTheDead(ITourShell maintenance) =>
        Remove(maintenance, Names(Prefix).Where(name => OwnerOf(name) is { } owner && !Directory.Exists($"/proc/{owner}")));

    /// <summary>Removes what one process left.</summary>
    /// <returns>How many namespaces.</returns>
    internal static int RemoveOf(ITourShell maintenance, int processId) => Remove(maintenance, Names($"{Prefix}{processId}-"));

    private static int Remove(ITourShell maintenance, IEnumerable<string> names)
    {
        int count = 0;
        foreach (string name in names)
            count += maintenance.Run($"Remove-NetworkNamespace '{name}'").Errors.Count == 0 ? 1 : 0;
        return count;
    }

    private static string[] Names(string prefix) =>
        [.. Folders.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, prefix + "*")).Select(path => Path.GetFileName(path)).Distinct()];

    private static int? OwnerOf(string name) =>
        name.Split('-') is [_, { } text, _] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int processId) ? processId : null;
}
