using MacvtapTools.Tour.Cleanup;
using MacvtapTools.Tour.Preflight;
using MacvtapTools.Tour.Shells;
using MacvtapTools.Tour.Transcript;

namespace MacvtapTools.Tour;

/// <summary>The tour: what can be in the way first, then tour.ps1 in a shell, and everything put away whatever happens.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Options options = Options.Parse(arguments);
        bool isPlain = options.IsPlain || Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        Printer printer = new(Console.Out, hasColours: !isPlain);
        if (options.WantsHelp || options.Mistake is not null)
        {
            printer.Plain(options.Mistake is null ? Options.Help : $"{options.Mistake}{Environment.NewLine}{Environment.NewLine}{Options.Help}");
            return options.Mistake is null ? ExitCode.AsPromised : ExitCode.CannotRun;
        }

        if (!OperatingSystem.IsLinux())
            return Explain(printer, new Obstacle("This is not Linux: the module speaks to the Linux kernel.", "Run the tour on Linux, in a virtual machine, or in WSL 2 with a kernel that has macvtap."));
        using Interruption interruption = new();
        try
        {
            return Run(arguments, options, printer, interruption);
        }
#pragma warning disable CA1031 // Whatever happened, everything is put away by now; the rest is to say what it was.
        catch (Exception) when (interruption.Signal is not null)
        {
            printer.Blank();
            printer.Bad("Interrupted. Everything was put away.");
            return ExitCode.Signalled + interruption.Signal.Value;
        }
        catch (TourException failure)
        {
            printer.Bad(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure)
        {
            printer.Bad($"The tour broke off, and everything was put away. {failure}");
            return ExitCode.NotAsPromised;
        }
#pragma warning restore CA1031
    }

    private static int Run(string[] arguments, Options options, Printer printer, Interruption interruption)
    {
        if (options.IsInside && UserNamespace.MakeRoomForNames() is { } noRoom)
            return Explain(printer, noRoom);
        using StandInShell maintenance = new();
        int removed = Leftovers.RemoveOfTheDead(maintenance);
        if (removed > 0)
            printer.Plain($"Removed {removed} network namespaces of a tour that was killed.");
        switch (new HostCheck(line => Pretence.Apply(options.Without, line) ?? maintenance.Run(line)).Find())
        {
            case { IsPermission: true } when !options.IsInside:
                if (UserNamespace.FindObstacle() is { } refusal)
                    return Explain(printer, refusal);
                printer.Headline("This process may not make network namespaces, so the tour goes into a user namespace of its own: links and frames work there as for root.");
                printer.Headline("Opening /dev/tapN does not, since the node belongs to root: a packet socket on the link takes its place then, and a warning says so.");
                printer.Blank();
                return UserNamespace.RunTour(arguments, interruption);
            case { } obstacle:
                return Explain(printer, obstacle);
        }

        return new Visit(options, printer, maintenance, interruption.Token).Make();
    }

    private static int Explain(Printer printer, Obstacle obstacle)
    {
        printer.Bad($"The tour cannot run here. {obstacle.Missing}");
        printer.Plain($"What would help: {obstacle.Help}");
        return ExitCode.CannotRun;
    }
}
