using System.Diagnostics;
using System.Globalization;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Suites;
using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks;

/// <summary>Measures the module against what it wants to be as fast as.</summary>
internal static class Program
{
    private static readonly ISuite[] Suites =
        [new CreationSuite(), new ListingSuite(), new RemovalSuite(), new MemorySuite(), new ImportSuite(), new CompletionSuite(), new EventSuite(), new FrameSuite(), new ProtectSuite(), new OpeningSuite(), new ModelSuite(), new ReceiveSuite(), new CaptureSuite()];

    private static int Main(string[] arguments)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine($"{Options.Usage}\nsuites: {string.Join(", ", Suites.Select(s => s.Name))}");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // Once: end after the running measurement and take everything away.
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return Measure(options, stop.Token) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    /// <summary>Runs the suites and writes the figures.</summary>
    /// <returns>False when a suite failed; the others were measured.</returns>
    private static bool Measure(Options options, CancellationToken stop)
    {
        MeasuredModule.RequireSameBuild();
        using var folder = new WorkFolder();
        var bench = new Bench(options.Rounds, folder, new Yardstick(folder), options.IsLong, stop);
        var rows = new List<Row>();
        bool isWhole = true;
        foreach (ISuite suite in Suites.Where(s => options.Filter is null || s.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)))
        {
            Console.Error.WriteLine($"measuring: {suite.Name}");
            long began = Stopwatch.GetTimestamp();
            isWhole &= Measure(suite, bench, rows);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"measured: {suite.Name}, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        }

        string conditions = Conditions.Describe(options.Rounds);
        Console.Write(Table.Plain(rows));
        Console.WriteLine(conditions);
        string markdown = $"{Table.Markdown(rows)}\n{conditions}.";
        if (options.MarkdownFile is { } page) Page.Update(page, markdown);
        if (options.JsonFile is { } file) File.WriteAllText(file, JsonReport.Compose(rows, conditions));
        return isWhole;
    }

    private static bool Measure(ISuite suite, Bench bench, List<Row> rows)
    {
        try
        {
            rows.AddRange(suite.Run(bench));
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What others took minutes for is not lost with it.
            Console.Error.WriteLine(failure);
            rows.Add(new Row(suite.Name, "-") { Missing = $"it failed: {failure.Message}" });
            return false;
        }
    }
}
