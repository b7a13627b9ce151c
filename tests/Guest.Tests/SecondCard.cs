using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>What a guest with scripts/hotplug.sh says of its second card.</summary>
internal static class SecondCard
{
    /// <summary>What it has by that card.</summary>
    internal const string Address = "10.98.0.1";

    /// <summary>Whom it reaches by that card.</summary>
    internal const string Beyond = "10.98.0.254";

    /// <summary>It has no such card.</summary>
    internal const string None = "none";

    /// <summary>Words for the guest's kernel command line.</summary>
    internal const string Words = $"second={Address}/24 beyond={Beyond}";

    private const int Patience = 300_000;

    /// <summary>What the guest has packed.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Script() => new Dictionary<string, byte[]> { ["script"] = File.ReadAllBytes(GuestRequires.Script("hotplug.sh")) };

    /// <summary>Waits until the guest says that it has a card with a MAC address, or none.</summary>
    internal static void Await(GuestConsole guest, string address)
    {
        guest.AwaitReady();
        for (long end = Environment.TickCount64 + Patience; Last(guest) != address; Thread.Sleep(50))
            Assert.True(Environment.TickCount64 < end, $"Waited for the card {address}. {guest.Text}");
    }

    private static string? Last(GuestConsole guest) =>
        guest.Text.Split('\n').SkipLast(1).Select(line => line.TrimEnd('\r').Split(' ')).LastOrDefault(words => words.Length == 4 && words[0] == guest.Name && words[2] == "card")?[3];
}
