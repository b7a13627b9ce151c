using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>What is believed of what a guest says.</summary>
public sealed class GuestConsoleTests : IDisposable
{
    private const string Address = "10.99.0.2";
    private readonly string _path = Path.GetTempFileName();
    private readonly GuestConsole _console;

    public GuestConsoleTests()
    {
        _console = new GuestConsole("alpha", _path);
        Say("\e[2Jalpha ready", $"alpha 1 {Address} answers");
        _console.AwaitReady();
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Silence_is_believed_after_three_rounds_and_the_one_on_its_way_does_not_count()
    {
        Say($"alpha 2 {Address} answers", $"alpha 3 {Address} silent", $"alpha 4 {Address} silent");
        Assert.Null(_console.Judge(Address, expected: false, before: 1));
        File.AppendAllText(_path, $"alpha 5 {Address} silent");
        Assert.Null(_console.Judge(Address, expected: false, before: 1)); // the line has no end yet
        File.AppendAllText(_path, "\r\n");
        Assert.False(_console.Judge(Address, expected: false, before: 1));
    }

    [Fact]
    public void An_answer_that_was_not_expected_counts_at_once()
    {
        Say($"alpha 2 {Address} silent", $"alpha 3 {Address} silent", $"alpha 4 {Address} answers");
        Assert.True(_console.Judge(Address, expected: false, before: 1));
    }

    [Fact]
    public void An_answer_that_is_expected_has_fifteen_rounds()
    {
        for (int round = 2; round < 17; round++)
            Say($"alpha {round} {Address} silent");
        Assert.Null(_console.Judge(Address, expected: true, before: 1));
        Say($"alpha 17 {Address} silent");
        Assert.False(_console.Judge(Address, expected: true, before: 1));
    }

    [Fact]
    public void What_others_say_or_is_said_of_others_does_not_count()
    {
        Say($"alpha 2 {Address} silent", $"beta 2 {Address} answers", "alpha 2 10.99.0.3 answers", $"alpha 3 {Address} silent", $"alpha 4 {Address} silent");
        Assert.Null(_console.Judge(Address, expected: false, before: 1));
    }

    private void Say(params string[] lines) => File.AppendAllLines(_path, lines);
}
