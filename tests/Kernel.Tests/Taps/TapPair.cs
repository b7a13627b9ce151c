using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>Two macvtaps with one index in two namespaces: the second one's path leads to the first one's device.</summary>
internal sealed class TapPair : IDisposable
{
    internal TapPair(Lab lab)
    {
        Requires.KernelDevices();
        Index = Lab.NewIndex();
        First = LinkSession.Open(lab.NewNamespaceWithMacvtap("mvt0", Index));
        Second = LinkSession.Open(lab.NewNamespaceWithMacvtap("mvt1", Index));
        string place = lab.NewDirectory();
        Store = new TapNodeStore(Path.Combine(place, "records"));
        Root = Path.Combine(place, "nodes");
        Maker = new TapNodeMaker(Store, Root);
    }

    internal int Index { get; }

    internal LinkSession First { get; }

    internal LinkSession Second { get; }

    internal TapNodeStore Store { get; }

    internal string Root { get; }

    internal TapNodeMaker Maker { get; }

    internal string KernelPath => $"/dev/tap{Index}";

    internal TapDevice LocateFirst(string? path = null) => new TapDeviceLocator(Store).Locate(First, First.Reader.Find("mvt0")!, path);

    internal TapDevice LocateSecond(string? path = null) => new TapDeviceLocator(Store).Locate(Second, Second.Reader.Find("mvt1")!, path);

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
