using MacvtapTools.Tour.Cleanup;
using MacvtapTools.Tour.Shells;
using MacvtapTools.Tour.Transcript;

namespace MacvtapTools.Tour;

/// <summary>One run through the script, from the choice of the shell to the last look for leftovers.</summary>
internal sealed class Visit(Options options, Printer printer, ITourShell maintenance, CancellationToken stopped)
{
    // How long a line may take to end after it was stopped.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; everything is put away.</exception>
    internal int Make()
    {
        stopped.ThrowIfCancellationRequested();
        ITourShell shell = ShellChoice.Start(options, out string? remark);
        Performance performance = new(shell, printer, stopped);
        int left;
        try
        {
            printer.Headline($"The tour of MacvtapTools, in {shell.Title}.");
            if (remark is not null)
                printer.Plain(remark);
            printer.Blank();
            Play(shell, performance);
        }
        finally
        {
            int maker = shell.ProcessId;
            shell.Dispose();
            left = Leftovers.RemoveOf(maintenance, maker);
        }

        return Conclude(performance, left);
    }

    private void Play(ITourShell shell, Performance performance)
    {
        Task playing = Task.Factory.StartNew(
            () => performance.Play(ScriptLine.Read(File.ReadLines(TourFiles.Script))), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            playing.Wait(stopped);
        }
        catch (OperationCanceledException)
        {
            shell.Stop();
            Task.WaitAny([playing], StopPatience);
            throw;
        }
        catch (AggregateException)
        {
            stopped.ThrowIfCancellationRequested();
            playing.GetAwaiter().GetResult();
        }
    }

    private int Conclude(Performance performance, int left)
    {
        printer.Blank();
        if (performance.Broken.Count == 0 && left == 0)
        {
            printer.Good($"{performance.Statements} lines ran. What {performance.Promises} of them promised, frames that arrive or do not and one error, was checked: all kept. Nothing is left behind.");
            return ExitCode.AsPromised;
        }

        foreach (string broken in performance.Broken)
            printer.Bad($"Not as promised: {broken}");
        if (left > 0)
            printer.Bad($"The script left {left} network namespaces; they were removed.");
        return ExitCode.NotAsPromised;
    }
}
