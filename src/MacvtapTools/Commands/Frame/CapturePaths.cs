using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>From paths and patterns of a user to files.</summary>
internal static class CapturePaths
{
    /// <summary>The files. A path without a pattern is given as it is, whether the file exists or not; a pattern that fits nothing gives nothing.</summary>
    internal static IEnumerable<string> Resolve(PSCmdlet cmdlet, string[] paths)
    {
        foreach (string path in paths)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(path))
            {
                yield return cmdlet.GetUnresolvedProviderPathFromPSPath(path);
                continue;
            }

            foreach (string found in cmdlet.GetResolvedProviderPathFromPSPath(path, out _)) yield return found;
        }
    }
}
