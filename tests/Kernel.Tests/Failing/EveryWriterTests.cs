using MacvtapTools.Addresses;
using MacvtapTools.Bridging;
using MacvtapTools.Composition;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests.Composition;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Multicast;
using MacvtapTools.Namespaces;
using MacvtapTools.Protection;
using MacvtapTools.Route;
using MacvtapTools.Routing;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Failing;

/// <summary>
/// Each writer of more than one request, and in turn each request that it makes, readings too: refused by the kernel, or carried out without an answer. Then the kernel has what it
/// had before, or the failure says what it has. (The relay and the host link, whose steps are many, have tests of their own: ReflectiveRelayTests, HostLinkTests.)
/// </summary>
public sealed class EveryWriterTests
{
    private const int MostRequests = 200;
    private static readonly byte[] NewGroup = [1, 0, 0x5e, 0, 0, 9];
    private static readonly byte[] OldGroup = [1, 0, 0x5e, 0, 0, 5];
    private static readonly ProtectionRules Isolating = new() { BlockDhcpServer = true, Isolate = true, Siblings = [0x02ff00000009] };
    private static readonly ProtectionRules Blocking = new() { BlockRouterAdvertisement = true };

    /// <summary>What a failure says where something stands, or may stand.</summary>
    private static readonly string[] Words = ["stand", "not known", "what stands", "moved all the same", "may have"];

    private static readonly Dictionary<string, Writer> Writers = new()
    {
        ["create, and what follows"] = new((_, s) => s.Creator.Create(Wanted(s) with { Alias = "text", Up = true })),
        ["create in another namespace"] = new((lab, s) =>
        {
            using LinkSession there = LinkSession.Open(lab.Other);
            s.Creator.Create(Wanted(s) with { Alias = "text", Up = true }, there);
        }),
        ["create a veth pair"] = new((_, s) => s.Reader.Name(s.Creator.Create(new LinkSettings { Name = "v0" }, new VethSettings { PeerName = "v1" }))),
        ["several changes"] = new((_, s) => Edit(s, NumberChange.Mtu(Find(s, "m0"), 1400), new AliasChange(Find(s, "m0"), "text"), NumberChange.Group(Find(s, "p0"), 7))),
        ["changes of a port"] = new((_, s) => Edit(s, PortChange.Create(Find(s, "p1"), PortAttribute.Hairpin, 1), PortChange.Create(Find(s, "p1"), PortAttribute.Cost, 77))),
        ["a cascade of MTUs"] = new((_, s) => Edit(s, [.. MtuCascade.Plan(Find(s, "p0"), [Find(s, "m0"), Find(s, "m1")], 1400)])),
        ["the mode with source addresses"] = new((_, s) => s.Changer.SetMode((MacvlanLink)Find(s, "m0"), LinkMode.Source, ModeFlag.NoDestination, ["02:00:00:00:00:09"])),
        ["add alternative names"] = new((_, s) => Names(s, s.AlternativeNames.Add(Find(s, "m0"), ["one", "two", "three"]))),
        ["remove alternative names"] = new((_, s) => Names(s, s.AlternativeNames.Remove(Find(s, "m0"), ["m0-old"]))),
        ["add source addresses"] = new((_, s) => Sources(s, m => s.SourceAddresses.Add(m, ["02:00:00:00:00:01", "02:00:00:00:00:02"]))),
        ["remove source addresses"] = new((_, s) => Sources(s, m => s.SourceAddresses.Remove(m, m.SourceAddress))),
        ["clear source addresses"] = new((_, s) => Sources(s, m => s.SourceAddresses.Clear(m))),
        ["remove many links"] = new((_, s) => Throw(s.Remover.Remove([Find(s, "m0"), Find(s, "m1")]).Select(o => o.Failure).FirstOrDefault(f => f is not null))),
        ["add an address"] = new((_, s) => new AddressClient(s.Conversation).Add(Find(s, "p0"), AddressBuilder.Build(Find(s, "p0"), IPPrefix.ParseForLink("203.0.113.1/24"), new AddressOptions()))),
        ["remove an address that takes another along"] = new((_, s) => new AddressClient(s.Conversation).Remove(Find(s, "p0"), new AddressClient(s.Conversation).Find(Find(s, "p0"), IPPrefix.Parse("192.0.2.1/24"))[0])),
        ["add a route"] = new((_, s) => new RouteClient(s.Conversation).Add(Find(s, "p0"), RouteBuilder.Build(Find(s, "p0"), "203.0.113.0/24", null, null, RouteBuilder.MainTable, null, false))),
        ["remove a route"] = new((_, s) => new RouteClient(s.Conversation).Remove(new RouteClient(s.Conversation).List([Find(s, "p0")], RouteBuilder.MainTable).FirstOrDefault(r => r.Destination == "198.51.100.0/24") ?? throw new KernelException(Errno.ESRCH, "find the route"))),
        ["let a group in"] = new((lab, s) => new MulticastClient(s.Conversation, lab.Session.Namespace).Add(Find(s, "p0"), NewGroup)),
        ["let a group in no longer"] = new((lab, s) => new MulticastClient(s.Conversation, lab.Session.Namespace).Remove(Find(s, "p0"), OldGroup)),
        ["add a port"] = new((_, s) => new BridgePortClient(s.Conversation, s.Changer).Add(Find(s, "spare"), Find(s, "br0"))),
        ["release a port"] = new((_, s) => new BridgePortClient(s.Conversation, s.Changer).Remove(BridgePortClient.AsPort(Find(s, "p1"))!)),
        ["switch off"] = new((_, s) => s.Changer.SetUp(Find(s, "p0"), false)),
        ["rename"] = new((_, s) => s.Changer.Rename(Find(s, "p0"), "wan")),
        ["move"] = new((lab, s) =>
        {
            using NamespaceHandle there = NamespaceResolver.Open(lab.Other);
            s.Mover.Move(Find(s, "m0"), there, "moved", null);
        }),
        ["move, with what is put back"] = new((lab, s) =>
        {
            using LinkSession there = LinkSession.Open(lab.Other);
            List<string> lost = [];
            new LinkTransfer(s, there).Move(Find(s, "m0"), "moved", null, lost.Add);
            Assert.Empty(lost);
        }, lab => new ProtectionClient(lab.Session.Conversation).Set(Find(lab.Session, "m0"), Isolating)),
        ["protect"] = new((_, s) => new ProtectionClient(s.Conversation).Set(Find(s, "m0"), Isolating)),
        ["protect less"] = new((_, s) => new ProtectionClient(s.Conversation).Set(Find(s, "m0"), Blocking), lab => new ProtectionClient(lab.Session.Conversation).Set(Find(lab.Session, "m0"), Isolating)),
        ["protect more"] = new((_, s) => new ProtectionClient(s.Conversation).Set(Find(s, "m0"), Isolating), lab => new ProtectionClient(lab.Session.Conversation).Set(Find(lab.Session, "m0"), Blocking)),
        ["unprotect"] = new((_, s) => new ProtectionClient(s.Conversation).Remove(Find(s, "m0")), lab => new ProtectionClient(lab.Session.Conversation).Set(Find(lab.Session, "m0"), Isolating)),
    };

    public static MatrixTheoryData<string, bool> Cases => new([.. Writers.Keys], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_fails_the_kernel_has_what_it_had_or_what_the_failure_says(string name, bool isAnswerLost)
    {
        Writer writer = Writers[name];
        int failures = 0;
        for (int number = 1; ; number++)
        {
            Assert.InRange(number, 1, MostRequests);
            using FailingLab lab = new();
            writer.Prepare?.Invoke(lab);
            string before = lab.State();
            (LinkSession session, FailingChannel channel) = lab.Open(number, isAnswerLost);
            using (session)
            {
                Exception? failure = Record.Exception(() => writer.Act(lab, session));
                if (!channel.HasFailed)
                {
                    Assert.Null(failure);
                    Assert.NotEqual(before, lab.State());
                    break;
                }

                if (failure is null) continue; // It went another way, and did what was asked: a link by link where a group was refused.
                failures++;
                Assert.True(failure is KernelException or MacvtapException, failure.ToString());
                string said = $"{failure.Message} {(failure as MacvtapException)?.Advice}";
                string after = lab.State();
                Assert.True(before == after || Words.Any(w => said.Contains(w, StringComparison.Ordinal)), $"Request {number}, and nothing is said of what stands: {said}\n{Difference(before, after)}");
            }
        }

        Assert.True(failures > 0, "No request failed.");
    }

    private static string Difference(string before, string after) =>
        string.Join('\n', before.Split('\n').Except(after.Split('\n')).Select(l => $"- {l}").Concat(after.Split('\n').Except(before.Split('\n')).Select(l => $"+ {l}")));

    private static Link Find(LinkSession session, string name) => session.Reader.Find(name) ?? throw new KernelException(Errno.ENODEV, $"read {name}");

    private static MacvlanSpecification Wanted(LinkSession session)
    {
        Link lower = Find(session, "p0");
        return new MacvlanSpecification { IsTap = true, Name = "new", LowerDevice = lower.Name, LowerDeviceIndex = lower.InterfaceIndex, Mode = LinkMode.Bridge, AddressGeneration = AddressGeneration.None };
    }

    private static void Edit(LinkSession session, params LinkChange[] changes)
    {
        if (session.Editor.Apply(changes) is { } failed) throw EditCauses.Explain(failed, changes.Length, session.Reader);
    }

    private static void Names(LinkSession session, ListEditFailure? failed)
    {
        if (failed is not null) throw NameCauses.ExplainAlternativeNames(failed, Find(session, "m0"), session.Reader);
    }

    private static void Sources(LinkSession session, Func<MacvlanLink, ListEditFailure?> edit)
    {
        var link = (MacvlanLink)Find(session, "m0");
        if (edit(link) is { } failed) throw NameCauses.ExplainSourceAddresses(failed, link);
    }

    private static void Throw(Exception? failure)
    {
        if (failure is not null) throw failure;
    }

    /// <summary>What is done over a session that fails, and what is done before over one that does not.</summary>
    private sealed record Writer(Action<FailingLab, LinkSession> Act, Action<FailingLab>? Prepare = null);
}
