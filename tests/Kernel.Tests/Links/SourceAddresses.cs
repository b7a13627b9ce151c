namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>Many different MAC addresses.</summary>
internal static class SourceAddresses
{
    internal static IEnumerable<string> Make(int count) => Enumerable.Range(1, count).Select(i => $"02:00:00:00:{i >> 8:x2}:{i & 0xff:x2}");
}
