using System.Globalization;
using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>Macvtaps in bridge mode on one lower device, with indexes of their own: the nodes of all namespaces are in one /dev.</summary>
internal sealed class TapArena : IDisposable
{
    private static int _lastIndex = Random.Shared.Next(1_000_000, 1_900_000_000);

    private readonly TapDeviceLocator _locator = new();

    /// <summary>Makes them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="queueLength">How many frames wait for a reader of each; null for the kernel's own number.</param>
    internal TapArena(int count, int? queueLength = null)
    {
        Arena = Arena.Create();
        for (int i = 0; i < count; i++)
        {
            Arena.Session.Creator.Create(new MacvlanSpecification
            {
                IsTap = true,
                Name = Arena.NameOf(i),
                LowerDevice = Arena.LowerName,
                LowerDeviceIndex = Arena.LowerIndex,
                InterfaceIndex = ++_lastIndex,
                Mode = LinkMode.Bridge,
                TransmitQueueLength = queueLength,
                AddressGeneration = AddressGeneration.None,
                Up = true,
            });
        }
    }

    internal Arena Arena { get; }

    /// <summary>The path of a macvtap's node.</summary>
    internal string Path(int number) => TapDevice.PathOf(Find(number).InterfaceIndex);

    /// <summary>Opens a macvtap.</summary>
    internal TapEndpoint Open(int number, TapEndpointOptions options)
    {
        Link link = Find(number);
        return TapEndpoint.Open(_locator.Locate(Arena.Session, link), options, Arena.Session.Sysfs);
    }

    /// <inheritdoc/>
    public void Dispose() => Arena.Dispose();

    /// <summary>A macvtap.</summary>
    internal Link Find(int number) => Arena.Session.Reader.Find(Arena.NameOf(number)) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The link {number} is gone."));
}
