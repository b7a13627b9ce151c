using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Guests;

/// <summary>Finds a program as a shell does: a name without a slash in the directories of PATH, anything else as a path.</summary>
internal static class ProgramPath
{
    // execvp(3) falls back to these where PATH is not set.
    private const string UsualPath = "/bin:/usr/bin";

    /// <summary>The absolute path of a program.</summary>
    /// <param name="program">A name or a path.</param>
    /// <param name="directory">What a relative path is relative to.</param>
    /// <param name="path">The value of PATH, or null.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.ProgramNotFound"/>, <see cref="FailureId.ProgramNotExecutable"/>.</exception>
    internal static string Find(string program, string directory, string? path)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            string place = Path.GetFullPath(program, directory);
            if (!Path.Exists(place))
                throw new MacvtapException(FailureId.ProgramNotFound, $"There is no program {place}.", "A name without a slash is looked for in the directories of PATH.", program);
            return IsExecutable(place) ? place : throw NotExecutable(place, program);
        }

        string? refused = null;
        foreach (string part in (string.IsNullOrEmpty(path) ? UsualPath : path).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string place = Path.GetFullPath(Path.Combine(part, program), directory);
            if (IsExecutable(place))
                return place;
            if (File.Exists(place))
                refused ??= place;
        }

        throw refused is not null
            ? NotExecutable(refused, program)
            : new MacvtapException(FailureId.ProgramNotFound, $"There is no program '{program}' in the directories of PATH.", "Install it, or give its path.", program);
    }

    private static bool IsExecutable(string place)
    {
        // The target of a symbolic link counts, and that is what this one follows.
        return File.Exists(place) && Libc.MayAccess(File.ResolveLinkTarget(place, returnFinalTarget: true)?.FullName ?? place, Libc.X_OK);
    }

    private static MacvtapException NotExecutable(string place, string program) => new(
        FailureId.ProgramNotExecutable,
        Directory.Exists(place) ? $"{place} is a directory, not a program." : $"{place} may not be run as a program.",
        "It needs to be a file with execute permission for this user, on a file system that is not mounted noexec.",
        program);
}
