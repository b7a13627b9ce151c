using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

public sealed class QmpConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_command_gets_its_answer()
    {
        using FakeQemu qemu = new((_, arguments) => FakeQemu.Done($$"""{"saw": {{arguments.GetRawText()}}}"""));
        using QmpConnection connection = Open(qemu);
        JsonElement result = connection.Execute("query-x", new JsonObject { ["a"] = "ö", ["b"] = true });
        Assert.Equal("ö", result.GetProperty("saw").GetProperty("a").GetString());
        Assert.True(result.GetProperty("saw").GetProperty("b").GetBoolean());
    }

    [Fact]
    public void Every_byte_may_come_by_itself()
    {
        string answer = FakeQemu.Event("RTC_CHANGE", "{\"offset\": 1}") + """{"return": "äöü}{", "id": ID}""" + "\r\n";
        using FakeQemu qemu = new((_, _) => [.. answer.Replace("ID", "2", StringComparison.Ordinal).Select(c => c.ToString())], [.. FakeQemu.Greeting.Select(c => c.ToString())]);
        using QmpConnection connection = Open(qemu);
        Assert.Equal("äöü}{", connection.Execute("x").GetString());
    }

    [Fact]
    public void Messages_may_come_together_and_over_many_lines()
    {
        using FakeQemu qemu = new((_, _) => [FakeQemu.Event("A", "{}") + FakeQemu.Event("B", "{}") + "{\n    \"return\":\n        7,\n  \"id\": ID\n}\n" + FakeQemu.Event("C", "{}")]);
        using QmpConnection connection = Open(qemu);
        Assert.Equal(7, connection.Execute("x").GetInt32());
        Assert.Equal("C", connection.Await((name, _) => name == "C", Patience));
        Assert.Equal("A", connection.Await((name, _) => name == "A", Patience));
    }

    [Fact]
    public void A_long_answer_is_taken_whole()
    {
        string text = new('x', 300_000);
        using FakeQemu qemu = new((_, _) => FakeQemu.Done($"\"{text}\""));
        using QmpConnection connection = Open(qemu);
        Assert.Equal(text, connection.Execute("x").GetString());
    }

    [Fact]
    public void An_answer_to_an_earlier_command_is_passed_over()
    {
        using FakeQemu qemu = new((_, _) => ["""{"return": "old", "id": 1}""" + "\n", """{"return": "mine", "id": ID}""" + "\n"]);
        using QmpConnection connection = Open(qemu);
        Assert.Equal("mine", connection.Execute("x").GetString());
    }

    [Fact]
    public void A_refusal_has_QEMUs_words()
    {
        using FakeQemu qemu = new((_, _) => FakeQemu.Refused("Bus 'x' not found", "DeviceNotFound"));
        using QmpConnection connection = Open(qemu);
        QmpRefusal refusal = Assert.Throws<QmpRefusal>(() => connection.Execute("device_add"));
        Assert.Equal(("DeviceNotFound", "Bus 'x' not found", FailureId.QemuRefused), (refusal.Kind, refusal.Words, refusal.Id));
        Assert.Contains("device_add", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_does_not_come_is_no_failure()
    {
        using FakeQemu qemu = new((_, _) => FakeQemu.Done());
        using QmpConnection connection = Open(qemu);
        Assert.Null(connection.Await((_, _) => true, Little));
    }

    [Theory]
    [InlineData("QEMU 9.2 monitor - type 'help' for more information\r\n(qemu) ")]
    [InlineData("{\"hello\": 1}\r\n")]
    [InlineData("[1]\r\n")]
    [InlineData("7 \r\n")]
    public void Something_else_behind_the_socket_is_noticed(string greeting)
    {
        using FakeQemu qemu = new((_, _) => [], greeting);
        Assert.Equal(FailureId.QemuProtocolError, Assert.Throws<MacvtapException>(() => Open(qemu)).Id);
    }

    [Fact]
    public void Silence_is_a_timeout_that_says_why_it_may_be()
    {
        using FakeQemu qemu = new((_, _) => [], "\r\n");
        MacvtapException failure = Assert.Throws<MacvtapException>(() => QmpConnection.Open(qemu.Path, Little, CancellationToken.None));
        Assert.Equal(FailureId.QemuTimeout, failure.Id);
        Assert.Contains("one connection at a time", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_in_the_middle_of_an_answer_is_noticed()
    {
        using FakeQemu qemu = new((_, _) => ["{\"return", FakeQemu.Close]);
        using QmpConnection connection = Open(qemu);
        Assert.Equal(FailureId.QemuNotReachable, Assert.Throws<MacvtapException>(() => connection.Execute("x")).Id);
    }

    [Fact]
    public void A_socket_that_is_not_there_or_that_nobody_listens_at()
    {
        string path = Path.Combine(Path.GetTempPath(), $"mvtt-{Guid.NewGuid():N}");
        Assert.Equal(FailureId.QemuNotReachable, Assert.Throws<MacvtapException>(() => QmpConnection.Open(path, Patience, CancellationToken.None)).Id);
        Assert.Equal(FailureId.QemuNotReachable, Assert.Throws<MacvtapException>(() => QmpConnection.Open("/" + new string('x', 200), Patience, CancellationToken.None)).Id);
        File.WriteAllText(path, "");
        try
        {
            Assert.Equal(FailureId.QemuNotReachable, Assert.Throws<MacvtapException>(() => QmpConnection.Open(path, Patience, CancellationToken.None)).Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_stop_ends_the_waiting()
    {
        using FakeQemu qemu = new((_, _) => []);
        using CancellationTokenSource stop = new();
        using QmpConnection connection = QmpConnection.Open(qemu.Path, TimeSpan.FromHours(1), stop.Token);
        Task waiting = Task.Run(() => connection.Execute("x"));
        await qemu.Await("x");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    private static QmpConnection Open(FakeQemu qemu) => QmpConnection.Open(qemu.Path, Patience, CancellationToken.None);
}
