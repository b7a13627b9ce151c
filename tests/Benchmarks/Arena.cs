using System.Globalization;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;

namespace MacvtapTools.Benchmarks;

/// <summary>
/// A network namespace with one lower device (v0, one end of a veth pair), made for one measurement and gone after it. Each measurement has its own: what
/// links cost grows with those that the lower device has, and links that an earlier one left would count.
/// </summary>
internal sealed class Arena : IDisposable
{
    internal const string LowerName = "v0";
    internal const string PeerName = "v1";

    private static int _count;

    private readonly Link _lower;

    private Arena(string name, LinkSession session, Link lower)
    {
        Name = name;
        Session = session;
        _lower = lower;
    }

    /// <summary>The name of the namespace.</summary>
    internal string Name { get; }

    /// <summary>Where it is registered.</summary>
    internal string Path => Session.Namespace.Path;

    /// <summary>A session in it.</summary>
    internal LinkSession Session { get; }

    internal int LowerIndex => _lower.InterfaceIndex;

    /// <summary>The open namespace, as a file descriptor of this process.</summary>
    internal int Descriptor => (int)Session.Namespace.File.DangerousGetHandle();

    internal static Arena Create()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"macvtap-bench-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        NamespaceStore.Create(name);
        LinkSession? session = null;
        try
        {
            session = LinkSession.Open(name);
            LinkRecord near = session.Creator.Create(new LinkSettings { Name = LowerName }, new VethSettings { PeerName = PeerName });
            session.Changer.SetUp(session.Reader.Find(PeerName)!, true);
            return new Arena(name, session, session.Changer.SetUp(session.Reader.Name(near), true));
        }
        catch
        {
            session?.Dispose();
            NamespaceStore.Delete(name);
            throw;
        }
    }

    /// <summary>An arena with links in it.</summary>
    internal static Arena WithLinks(int count)
    {
        Arena arena = Create();
        arena.Fill(count, AddressGeneration.None);
        return arena;
    }

    /// <summary>Makes macvtaps and switches them on, one after the other.</summary>
    internal void Fill(int count, AddressGeneration? generation)
    {
        for (int i = 0; i < count; i++)
        {
            Session.Creator.Create(new MacvlanSpecification
            {
                IsTap = true,
                Name = NameOf(i),
                LowerDevice = LowerName,
                LowerDeviceIndex = LowerIndex,
                Mode = LinkMode.Bridge,
                AddressGeneration = generation,
                Up = true,
            });
        }
    }

    /// <summary>The names that the C program gives, too.</summary>
    internal static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"m{number:d6}");

    /// <summary>The lower device goes first, and all links with it in one step: the kernel does that before it answers, and a namespace in the background of the next measurement.</summary>
    public void Dispose()
    {
        Session.Remover.Remove(_lower);
        Session.Dispose();
        NamespaceStore.Delete(Name);
    }
}
