using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>From paths and patterns of a user to files.</summary>
internal static class CapturePaths
{
    /// <summary>
    /// The files. A path without a pattern is given as it is, whether the file exists or not, and so is one that looks like a pattern and is a file; a pattern that fits
    /// nothing gives nothing.
    /// </summary>
    internal static IEnumerable<string> Resolve(PSCmdlet cmdlet, string[] paths)
    {
        foreach (string path in paths)
        {
            string literal = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
            if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(literal))
            {
                yield return literal;
                continue;
            }

            foreach (string found in cmdlet.GetResolvedProviderPathFromPSPath(path, out _)) yield return found;
        }
    }
}
