namespace MacvtapTools.Tour.Shells;

/// <summary>Which shell plays the tour.</summary>
internal static class ShellChoice
{
    /// <summary>Starts it: PowerShell where there is one, the stand-in otherwise, or what was asked for.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="remark">Why it is not PowerShell, or null.</param>
    /// <exception cref="TourException">PowerShell was asked for and there is none.</exception>
    internal static ITourShell Start(Options options, out string? remark)
    {
        remark = null;
        if (options.WantsStandIn)
            return new StandInShell();
        PowerShellProgram? found = PowerShellProgram.Find();
        if (found is { IsNewEnough: true })
            return new PowerShellShell(found);
        remark = found is null ? "There is no pwsh on the PATH." : $"{found.Path} is version {found.Version}, and {PowerShellProgram.Oldest} is needed.";
        return options.WantsPowerShell ? throw new TourException(remark, ExitCode.CannotRun) : new StandInShell();
    }
}
