using MacvtapTools.Benchmarks.Measuring;
using MacvtapTools.Benchmarks.Reporting;
using MacvtapTools.Benchmarks.Tools;
using MacvtapTools.Route;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>What a user waits for after the Tab key, in a shell that lives in a namespace with 1000 links.</summary>
internal sealed class CompletionSuite : ISuite
{
    private const int Count = 1000;
    private const double Patience = 30;
    private const int WarmUps = 40;

    /// <summary>Completion takes milliseconds: so many of them are one round.</summary>
    private const int Repeats = 5;

    /// <summary>Beside the macvtaps there are their lower device, its peer, which is a port, a bridge and the loopback.</summary>
    private static readonly (string Line, int Offers)[] _lines =
    [
        ("Get-Link ", Count + 4),
        ("Get-Link m00012", 10),
        ("Set-LinkMode -Name ", Count),
        ("New-MacvtapLink x -LowerDevice ", 2),
        ("Enable-Hairpin ", 1),
    ];

    /// <inheritdoc/>
    public string Name => "completion";

    /// <inheritdoc/>
    public IEnumerable<Row> Run(Bench bench)
    {
        string? missing = Shell.Missing ?? Tool.Missing("nsenter");
        using Arena arena = Arena.WithLinks(Count);
        AddPort(arena);
        using Shell? shell = missing is null ? Shell.Start(arena) : null;
        Samples? cold = shell is null ? null : Shell.Cold(s => s.Run("complete", arena, _lines[0].Offers, _lines[0].Line), bench.Stop, arena);

        var least = Contender.If("a script that offers one word", missing, () => Middle(shell!, arena, "Get-OneWord ", 1));
        Contender[] ours = [.. _lines.Select(l => Contender.If(l.Line, missing, () => Middle(shell!, arena, l.Line, l.Offers)))];
        if (shell is not null)
        {
            for (int i = 0; i < WarmUps; i++)
            {
                foreach ((string line, int offers) in _lines) shell.Run("complete", arena, offers, line);
            }
        }

        Interleaved.Run(bench.Rounds, bench.Stop, [least, .. ours]);
        for (int i = 0; i < ours.Length; i++) yield return Row.Within($"Tab after \"{_lines[i].Line}\", {_lines[i].Offers} of {Count + 4} links", least, ours[i], Patience);
        if (cold is not null) yield return Row.Cold(cold) with { Work = $"Tab after \"{_lines[0].Line}\", the first time in a new shell" };
    }

    /// <summary>The peer of the lower device becomes a port of a bridge.</summary>
    private static void AddPort(Arena arena)
    {
        LinkRecord bridge = arena.Session.Creator.Create(new LinkSettings { Name = "br0" }, new BridgeSettings());
        LinkRequests.SetNumber(arena.Session.Conversation.Compose(), arena.Session.Reader.Find(Arena.PeerName)!.InterfaceIndex, IFLA.MASTER, (uint)bridge.Index);
        arena.Session.Conversation.Exchange()[0].ThrowIfFailed("make a port");
    }

    /// <summary>The median of a few in a row: one interruption is as long as a completion.</summary>
    private static double Middle(Shell shell, Arena arena, string line, int offers)
    {
        var samples = new Samples();
        for (int i = 0; i < Repeats; i++) samples.Add(shell.Run("complete", arena, offers, line));
        return samples.Median;
    }
}
