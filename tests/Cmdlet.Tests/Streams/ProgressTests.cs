using System.Management.Automation;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Work that takes more than a second shows how far it is, a few times a second, and takes that away at its end; shorter work shows nothing.</summary>
public sealed class ProgressTests : IDisposable
{
    private const double ShowsFrom = 1;
    private const double ShownEvery = 0.25;

    private readonly ScenarioLab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();

    public ProgressTests()
    {
        Requires.Kind("macvtap");
        Run("New-MacvtapLink mvt0 eth0 -InterfaceIndex {i1} -Mode Bridge -Up -NetworkNamespace {ns}; New-MacvlanLink mvl0 eth0 -Mode Bridge -Up -NetworkNamespace {ns}");
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_wait_shows_how_much_of_its_time_is_over()
    {
        const double Seconds = 1.8;
        File.Delete($"/dev/tap{_lab.Index(1)}");
        ProgressRecord[] records = Shown(_shell.Invoke(_lab.Fill($"Wait-TapDevice mvt0 -Timeout {Seconds} -NetworkNamespace {{ns}}")));
        Assert.All(records, r => Assert.Equal("Waiting for the tap device of mvt0", r.Activity));
        Assert.All(records, r => Assert.EndsWith(" of 1.8 s", r.StatusDescription, StringComparison.Ordinal));
        Assert.All(records, r => Assert.InRange(r.PercentComplete, Math.Floor(100 * ShowsFrom / Seconds), 100));
        Assert.Equal(records.Select(r => r.PercentComplete).Order(), records.Select(r => r.PercentComplete));
        Assert.InRange(records.Length, 1, ((Seconds - ShowsFrom) / ShownEvery) + 2);
    }

    [Fact]
    public void A_short_wait_shows_nothing()
    {
        File.Delete($"/dev/tap{_lab.Index(1)}");
        Assert.Empty(_shell.Invoke(_lab.Fill("Wait-TapDevice mvt0 -Timeout 0.2 -NetworkNamespace {ns}")).Progress);
    }

    [Theory]
    [InlineData("Test-LinkReachability mvt0 mvl0 -Probe -Timeout 1.5 -NetworkNamespace {ns}", "Probing who reaches whom on eth0")]
    [InlineData("Trace-LinkPath mvt0 mvl0 -Probe -Timeout 1.5 -NetworkNamespace {ns}", "Following a frame on eth0")]
    [InlineData("Measure-LinkRate eth0 -Interval 1.5 -NetworkNamespace {ns}", "Measuring")]
    [InlineData("Start-TapProcess sleep 1.6 mvt0 -NetworkNamespace {ns} -StartupTime 0 | Wait-TapProcess", "Waiting for sleep (*)")]
    [InlineData("'ffffffffffff02000000000188b501', 'ffffffffffff02000000000188b502', 'ffffffffffff02000000000188b503' | Send-TapFrame mvt0 -Interval 0.8 -NetworkNamespace {ns}", "Sending frames to mvt0")]
    public void Long_work_shows_how_far_it_is(string script, string activity)
    {
        ShellResult result = Run(script);
        Assert.All(Shown(result), r => Assert.True(new WildcardPattern(activity).IsMatch(r.Activity), r.Activity));
    }

    [Fact]
    public void A_capture_to_a_file_shows_what_was_written()
    {
        string path = Path.GetTempFileName();
        try
        {
            ShellResult result = Run($"Watch-LinkFrame eth0 -Timeout 1.5 -Path {path} -Force -NetworkNamespace {{ns}}");
            Assert.All(Shown(result), r => Assert.Contains(" frames, ", r.StatusDescription, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Two pieces of 0.7 seconds: programs that do not hear SIGTERM. Neither alone takes long enough to show its own waiting.</summary>
    [Fact]
    public void Pieces_of_a_change_are_counted_when_together_they_take_long()
    {
        Run("New-MacvtapLink mvt1 eth0 -InterfaceIndex {i2} -NetworkNamespace {ns}");
        foreach (int i in (int[])[0, 1]) Run($"$p{i} = Start-TapProcess sh -ArgumentList '-c', 'trap \"\" TERM; while :; do sleep 0.1; done' -TapDevice mvt{i} -StartupTime 0.3 -NetworkNamespace {{ns}}");
        ProgressRecord[] records = Shown(Run("$p0, $p1 | Stop-TapProcess -Timeout 0.7"));
        ProgressRecord last = records[^1];
        Assert.Equal("Stop-TapProcess", last.Activity);
        Assert.StartsWith("2 done, the last one sh (", last.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_quick_pieces_show_nothing() =>
        Assert.Empty(Run("'a', 'b', 'c' | New-MacvlanLink -LowerDevice eth0 -NetworkNamespace {ns} | Enable-Link -PassThru | Remove-Link").Progress);

    /// <summary>What was shown, without the record that takes it away, which must be there for each activity.</summary>
    private static ProgressRecord[] Shown(ShellResult result)
    {
        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress.GroupBy(r => r.ActivityId), g =>
        {
            Assert.Equal(ProgressRecordType.Completed, g.Last().RecordType);
            Assert.Single(g, r => r.RecordType == ProgressRecordType.Completed);
        });
        return [.. result.Progress.Where(r => r.RecordType == ProgressRecordType.Processing)];
    }

    private ShellResult Run(string script)
    {
        ShellResult result = _shell.Invoke(_lab.Fill(script));
        Assert.Empty(result.Errors);
        return result;
    }
}
