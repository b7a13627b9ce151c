namespace MacvtapTools.Topology;

/// <summary>An arrow between two entries of a summary.</summary>
/// <param name="From">The entry that sends.</param>
/// <param name="To">The entry that receives; the same one for links that are alike.</param>
/// <param name="Cell">Whether it reaches.</param>
/// <param name="IsBoth">Whether the same holds the other way round, so that one arrow with two heads says both.</param>
internal sealed record ReachArrow(int From, int To, ReachCell Cell, bool IsBoth)
{
    /// <summary>The arrows of a summary.</summary>
    internal static IEnumerable<ReachArrow> Of(ReachSummary summary)
    {
        int count = summary.Entries.Count;
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                ReachCell cell = summary[from, to];
                bool isBoth = from != to && summary[to, from] == cell;
                if (cell != ReachCell.None && !(isBoth && to < from)) yield return new ReachArrow(from, to, cell, isBoth);
            }
        }
    }
}
