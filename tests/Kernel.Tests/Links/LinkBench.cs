using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>
/// A lab with one namespace, a session into it, and the veth pair p0 and p1, both up: p0 is the lower device of the tests. What the module's cmdlets do with
/// the library (ask, and explain a refusal) is done here in the same way.
/// </summary>
public sealed class LinkBench : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public LinkBench()
    {
        Requires.Kind("veth");
        Requires.Kind("macvlan");
        Requires.Kind("macvtap");
        Namespace = Lab.NewNamespace();
        Lab.AddVeth(Namespace, "p0", "p1");
        Session = LinkSession.Open(Namespace);
        Lower = this["p0"];
    }

    internal Lab Lab { get; } = new();

    internal string Namespace { get; }

    internal LinkSession Session { get; }

    /// <summary>p0 as it was at the beginning.</summary>
    internal Link Lower { get; }

    /// <summary>A link as it is now.</summary>
    internal Link this[string name] => Session.Reader.Find(name) ?? throw new InvalidOperationException($"There is no link {name} in {Namespace}.");

    /// <summary>What is asked for when nothing in particular is: a macvtap m0 on p0 in bridge mode, whose host side makes no IPv6 address.</summary>
    internal MacvlanSpecification Wanted => new()
    {
        IsTap = true,
        Name = "m0",
        LowerDevice = Lower.Name,
        LowerDeviceIndex = Lower.InterfaceIndex,
        Mode = LinkMode.Bridge,
        AddressGeneration = AddressGeneration.None,
    };

    internal string Ip(string command) => Lab.Ip(Namespace, command);

    /// <summary>Makes a link that differs from <see cref="Wanted"/>, and requires that all was taken.</summary>
    internal MacvlanLink Create(Func<MacvlanSpecification, MacvlanSpecification>? change = null)
    {
        ChangeResult<Link> result = CreateLoosely(change);
        Assert.Empty(result.Differences);
        return Assert.IsType<MacvlanLink>(result.Link, exactMatch: false);
    }

    /// <summary>The same, where some may not be taken.</summary>
    internal ChangeResult<Link> CreateLoosely(Func<MacvlanSpecification, MacvlanSpecification>? change = null)
    {
        MacvlanSpecification wanted = change is null ? Wanted : change(Wanted);
        try
        {
            return Session.Creator.Create(wanted);
        }
        catch (KernelException failure)
        {
            throw CreationCauses.Explain(failure, wanted, Session.Reader);
        }
    }

    /// <summary>Requires that a link is refused with one id, for a reason in words, and that nothing half-made stands afterwards.</summary>
    internal MacvtapException Refused(FailureId id, Func<MacvlanSpecification, MacvlanSpecification> change)
    {
        string[] before = Names();
        MacvtapException failure = Assert.Throws<MacvtapException>(() => CreateLoosely(change));
        Assert.True(failure.Id == id, $"{id} was expected, and it is {failure.Id}: {failure.Message} {failure.InnerException?.Message}");
        Assert.Equal(before, Names());
        return failure;
    }

    /// <summary>The same, with an advice.</summary>
    internal MacvtapException RefusedWithAdvice(FailureId id, Func<MacvlanSpecification, MacvlanSpecification> change)
    {
        MacvtapException failure = Refused(id, change);
        Assert.False(string.IsNullOrWhiteSpace(failure.Advice), $"No advice with: {failure.Message}");
        return failure;
    }

    /// <summary>Switches on or off as Enable-Link and Disable-Link do.</summary>
    internal Link SetUp(string name, bool up = true)
    {
        Link link = this[name];
        try
        {
            return Session.Changer.SetUp(link, up);
        }
        catch (KernelException failure)
        {
            throw ChangeCauses.ExplainUp(failure, link, Session.Reader);
        }
    }

    /// <summary>Sets the mode as Set-LinkMode does.</summary>
    internal ChangeResult<Link> SetMode(string name, LinkMode mode, ModeFlag? flag = null, IReadOnlyCollection<string>? sourceAddress = null)
    {
        MacvlanLink link = Assert.IsType<MacvlanLink>(this[name], exactMatch: false);
        try
        {
            return Session.Changer.SetMode(link, mode, flag, sourceAddress);
        }
        catch (KernelException failure)
        {
            throw ChangeCauses.ExplainMode(failure, link, mode, sourceAddress is not null, flag);
        }
    }

    /// <summary>All links by name and index, as <c>ip</c> lists them.</summary>
    internal string[] Names() =>
        [.. Lab.IpJson(Namespace, "link show").EnumerateArray().Select(l => $"{l.GetProperty("ifindex")} {l.GetProperty("ifname")}")];

    /// <summary>Looks again and again until something holds: some states (carrier, operational state) settle a moment after the change.</summary>
    internal static void Eventually(Func<bool> holds, string what)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            if (Environment.TickCount64 > end) Assert.Fail($"It did not come about within {Patience.TotalSeconds} s: {what}");
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        Session?.Dispose();
        Lab.Dispose();
    }
}
