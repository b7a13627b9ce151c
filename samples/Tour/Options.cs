namespace MacvtapTools.Tour;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    internal const string Help = """
        Usage: dotnet run --project samples/Tour [-- OPTION...]

          --pwsh       run the tour in PowerShell (the default where pwsh 7.4 or later is on the PATH)
          --stand-in   run it in the stand-in for PowerShell that the tests use
          --plain      no colours; also when the output is no terminal, or NO_COLOR is set
          --without KIND   behave as if the kernel had no links of that kind, to see what the tour says then
          --help       this text

        Exit code: 0 all was as promised, 1 something was not, 2 the tour cannot run here.
        """;

    internal const string InsideOption = "--inside-user-namespace";

    internal bool WantsHelp { get; private set; }

    internal bool WantsPowerShell { get; private set; }

    internal bool WantsStandIn { get; private set; }

    internal bool IsPlain { get; private set; }

    /// <summary>Whether this process was started by another tour, in namespaces of its own.</summary>
    internal bool IsInside { get; private set; }

    /// <summary>A kind of link that the kernel shall be taken not to have.</summary>
    internal string? Without { get; private set; }

    /// <summary>What could not be understood; null when all was.</summary>
    internal string? Mistake { get; private set; }

    internal static Options Parse(string[] arguments)
    {
        Options options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--pwsh": options.WantsPowerShell = true; break;
                case "--stand-in": options.WantsStandIn = true; break;
                case "--plain": options.IsPlain = true; break;
                case "--help" or "-h": options.WantsHelp = true; break;
                case InsideOption: options.IsInside = true; break;
                case "--without" when i + 1 < arguments.Length: options.Without = arguments[++i]; break;
                default: options.Mistake = $"'{arguments[i]}' is no option of the tour."; break;
            }
        }

        if (options is { WantsPowerShell: true, WantsStandIn: true })
            options.Mistake = "--pwsh and --stand-in exclude each other.";
        return options;
    }
}
