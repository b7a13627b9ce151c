using MacvtapTools.Links;
using MacvtapTools.Route;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Links come and go while they are listed.</summary>
public sealed class ListUnderChurnTests
{
    private const int Stable = 300;
    private const int Changing = 30;
    private const int Lists = 200;

    [Fact]
    public void A_list_without_the_flag_has_every_standing_link_once()
    {
        using LinkBench bench = new();
        for (int i = 0; i < Stable; i++) Make(bench.Session, $"s{i}", bench.Lower.InterfaceIndex);
        HashSet<string> expected = [.. Enumerable.Range(0, Stable).Select(i => $"s{i}")];

        bool end = false;
        int churned = 0;
        Exception? trouble = null;
        Thread churn = new(() =>
        {
            try
            {
                using LinkSession session = LinkSession.Open(bench.Namespace);
                while (!Volatile.Read(ref end))
                {
                    for (int i = 0; i < Changing; i++) Make(session, $"c{i}", bench.Lower.InterfaceIndex);
                    Link[] made = [.. Enumerable.Range(0, Changing).Select(i => session.Reader.Find($"c{i}")!)];
                    Assert.All(session.Remover.Remove(made), o => Assert.Null(o.Failure));
                    churned += Changing;
                }
            }
            catch (Exception exception)
            {
                trouble = exception;
            }
        });
        churn.Start();

        int interrupted = 0;
        for (int i = 0; i < Lists; i++)
        {
            LinkList list = bench.Session.Reader.List();
            if (list.IsInterrupted)
            {
                interrupted++;
                continue;
            }

            string[] names = [.. list.Links.Select(l => l.Name).Where(expected.Contains)];
            Assert.Equal(Stable, names.Length);
            Assert.Equal(Stable, names.Distinct().Count());
            Assert.Equal(list.Links.Count, list.Links.DistinctBy(l => l.InterfaceIndex).Count());
        }

        Volatile.Write(ref end, true);
        churn.Join();
        Assert.Null(trouble);
        Assert.True(churned >= Changing, "Nothing changed meanwhile.");
        Assert.True(interrupted < Lists, "Every list was interrupted, in all of its attempts.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{churned} links came and went; {interrupted} of {Lists} lists were flagged.");
    }

    private static void Make(LinkSession session, string name, int lower) =>
        session.Creator.Create(new LinkSettings { Name = name, LowerIndex = lower }, new MacvlanSettings(MacvlanSettings.Macvlan));
}
