using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What the comparison of examples lets pass, and what it does not.</summary>
public sealed class ExampleShapeTests
{
    private const string Table = "Name ifIndex Mode MacAddress\n---- ------- ---- ----------\nmvt0       5 Vepa 66:70:ee:99:58:34\n";

    [Theory]
    [InlineData("Name   ifIndex Mode MacAddress\n----   ------- ---- ----------\nmvt0      1105 Vepa 02:00:00:00:00:01", true)] // numbers, addresses, spaces
    [InlineData("Name ifIndex Mode\n---- ------- ----\nmvt0 5 Vepa", false)] // a column is missing
    [InlineData("Name ifIndex Mode MacAddress\n---- ------- ---- ----------\nmvt1 5 Vepa 66:70:ee:99:58:34", false)] // another name
    [InlineData("Name ifIndex Mode MacAddress\n---- ------- ---- ----------\nmvt0 5 Bridge 66:70:ee:99:58:34", false)] // another value
    [InlineData("Name ifIndex Mode MacAddress\n---- ------- ---- ----------", false)] // no row
    [InlineData(Table + "mvt1 6 Vepa 66:70:ee:99:58:35", false)] // a row too many
    [InlineData("", false)]
    public void Numbers_and_addresses_may_differ_and_nothing_else(string came, bool same) => Assert.Equal(same, ExampleShape.Difference(Table, came) is null);

    [Theory]
    [InlineData("/dev/tap5 is ready", "/dev/tap1204 is ready", true)]
    [InlineData("mvt0", "mvt1", false)] // a number within a name
    [InlineData("10.0.0.1/24", "10.0.0.2/24", false)]
    [InlineData("Time 03:37:31.909957", "Time 14:00:01.5", true)]
    [InlineData("at /run/vm.qmp", "at /tmp/mvtt-4711-example/vm.qmp", true)]
    [InlineData("Held by pwsh(12)", "Held by qemu(12)", false)]
    public void Rules(string shown, string came, bool same) => Assert.Equal(same, ExampleShape.Difference(shown, came) is null);

    [Fact]
    public void Three_dots_at_the_end_stand_for_more() => Assert.Null(ExampleShape.Difference("a\nb\n...", "a\nb\nc\nd"));

    [Fact]
    public void Three_dots_do_not_stand_for_less() => Assert.NotNull(ExampleShape.Difference("a\nb\n...", "a"));

    [Theory]
    [InlineData("x\na\ny\nb\nz", true)]
    [InlineData("b\na", false)]
    [InlineData("a", false)]
    public void Among_others_the_order_counts(string came, bool same) => Assert.Equal(same, ExampleShape.Difference("a\nb", came, among: true) is null);

    [Theory]
    [InlineData("Warning KindMacvtap not at all", true)]
    [InlineData("Passed KindMacvlan yes", false)]
    [InlineData("Broken KindMacvtap yes", false)]
    public void What_varies_is_there_all_the_same(string came, bool same) =>
        Assert.Equal(same, ExampleShape.Difference("Passed KindMacvtap yes", came, varies: @"^(Passed|Warning)(?= \w+ \S)|(?<=^\w+ [A-Z]\w+ ).+$") is null);
}
