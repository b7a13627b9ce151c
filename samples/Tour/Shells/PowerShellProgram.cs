namespace MacvtapTools.Tour.Shells;

/// <summary>The real shell, if there is one.</summary>
/// <param name="Path">The program.</param>
/// <param name="Version">Its version.</param>
internal sealed record PowerShellProgram(string Path, Version Version)
{
    internal static readonly Version Oldest = new(7, 4);

    internal bool IsNewEnough => Version >= Oldest;

    /// <summary>Looks for pwsh on the PATH; null when there is none that runs.</summary>
    internal static PowerShellProgram? Find()
    {
        string? path = Programs.Find("pwsh");
        if (path is null)
            return null;
        Programs.Outcome outcome = Programs.Run(path, ["--version"], PowerShellShell.Prepare);
        string text = outcome.Output.Trim().Split(' ')[^1].Split('-')[0]; // PowerShell 7.6.0-rc.1
        return outcome.ExitCode == 0 && Version.TryParse(text, out Version? version) ? new PowerShellProgram(path, version) : null;
    }
}
