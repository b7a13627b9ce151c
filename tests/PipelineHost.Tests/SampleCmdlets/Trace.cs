namespace SampleCmdlets;

/// <summary>What happened, in order.</summary>
public static class Trace
{
    private static readonly List<string> Lines = [];

    public static void Add(string line)
    {
        lock (Lines)
            Lines.Add(line);
    }

    public static string[] Take()
    {
        lock (Lines)
        {
            string[] taken = [.. Lines];
            Lines.Clear();
            return taken;
        }
    }
}
