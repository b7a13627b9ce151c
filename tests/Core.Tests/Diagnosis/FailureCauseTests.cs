using System.Globalization;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Tests.Diagnosis;

/// <summary>Programs keep the numbers of causes: each is in a table that only grows.</summary>
public sealed class FailureCauseTests
{
    private static readonly string[] Rows = [.. TestData.Text("failure-causes.txt").Split('\n').Where(l => l.Length > 0 && l[0] != '#')];

    [Fact]
    public void Names_and_numbers_stay_and_every_one_is_in_the_table() =>
        Assert.Equal(Rows, Enum.GetValues<FailureCause>().Select(c => string.Create(CultureInfo.InvariantCulture, $"{(int)c} {c}")));

    [Fact]
    public void No_number_is_given_twice() => Assert.Equal(Enum.GetNames<FailureCause>().Length, Enum.GetValues<FailureCause>().Distinct().Count());

    [Fact]
    public void The_same_failure_in_other_words_keeps_cause_and_evidence()
    {
        var failure = new MacvtapException(FailureId.LinkBusy, "a") { Cause = FailureCause.MacvtapAsPort, Evidence = [new FailureEvidence("eth0", "Kind", "macvtap", null)] };
        MacvtapException other = failure.Restate("b");
        Assert.Equal((FailureCause.MacvtapAsPort, "b", "eth0: Kind macvtap"), (other.Cause, other.Message, Assert.Single(other.Evidence).ToString()));
    }
}
