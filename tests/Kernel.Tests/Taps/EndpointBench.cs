using MacvtapTools.Links;
using MacvtapTools.Taps;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>A namespace with macvtaps in bridge mode on one end of a veth pair, and what opens them; everything that was opened is closed at the end.</summary>
internal sealed class EndpointBench : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<TapEndpoint> _opened = [];
    private readonly LinkSession _session;

    /// <param name="lab">The lab of the test.</param>
    /// <param name="names">The macvtaps.</param>
    internal EndpointBench(Lab lab, params string[] names)
    {
        Requires.KernelDevices();
        Namespace = lab.NewNamespace();
        Lab.AddVeth(Namespace, "v0", "v1");
        foreach (string name in names) Lab.AddMacvtap(Namespace, name, "v0", Lab.NewIndex());
        _session = LinkSession.Open(Namespace);
    }

    internal string Namespace { get; }

    /// <summary>The link as it is now.</summary>
    internal Link Find(string name) => _session.Reader.Find(name) ?? throw new InvalidOperationException($"{name} is not there.");

    /// <summary>Opens a macvtap or a classic link.</summary>
    internal TapEndpoint Open(string name, TapEndpointOptions? options = null)
    {
        Link link = Find(name);
        TapEndpoint endpoint = link is TapLink tap
            ? TapEndpoint.Open(tap, options)
            : TapEndpoint.Open(new TapDeviceLocator().Locate(_session, link), options ?? new TapEndpointOptions());
        _opened.Add(endpoint);
        return endpoint;
    }

    /// <summary>The next frame with this number in its payload, headers included; null when none comes. Others (the kernel's own) are passed over.</summary>
    internal static byte[]? Next(TapEndpoint endpoint, byte number, TimeSpan? patience = null) =>
        Next(endpoint, (frame, header) => Links.TestFrames.Is(frame.AsSpan(header), number), patience);

    /// <summary>The next frame that is wanted.</summary>
    internal static byte[]? Next(TapEndpoint endpoint, Func<byte[], int, bool> isWanted, TimeSpan? patience = null)
    {
        byte[] buffer = new byte[70000];
        long end = Environment.TickCount64 + (long)(patience ?? Patience).TotalMilliseconds;
        while (endpoint.TryReceive(buffer, TimeSpan.FromMilliseconds(Math.Max(0, end - Environment.TickCount64)), out int length))
        {
            if (isWanted(buffer[..length], endpoint.HeaderLength)) return buffer[..length];
        }

        return null;
    }

    /// <summary>
    /// What comes in answer, asked for again every 200 milliseconds: the kernel gives a link that has just got its carrier a queue in the background, and drops what is
    /// sent until then (net/sched/sch_generic.c, noop_qdisc).
    /// </summary>
    internal static byte[]? Ask(Action ask, Func<TimeSpan, byte[]?> listen)
    {
        for (long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; Environment.TickCount64 < end;)
        {
            ask();
            if (listen(TimeSpan.FromMilliseconds(200)) is { } answer) return answer;
        }

        return null;
    }

    /// <summary>Waits until an endpoint has a state; the last state that it had.</summary>
    internal static TapEndpointState Await(TapEndpoint endpoint, TapEndpointState wanted)
    {
        for (long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; endpoint.State != wanted && Environment.TickCount64 < end; Thread.Sleep(2))
        {
        }

        return endpoint.State;
    }

    public void Dispose()
    {
        foreach (TapEndpoint endpoint in _opened) endpoint.Dispose();
        _session.Dispose();
    }
}
