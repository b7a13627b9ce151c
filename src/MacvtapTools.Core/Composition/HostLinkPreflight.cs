using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Composition;

/// <summary>What the kernel would say to a link for the host: to each step of <see cref="HostLinkCreator"/>, in their order, against what those before it leave.</summary>
/// <param name="session">The session of the namespace of the lower device.</param>
internal sealed class HostLinkPreflight(LinkSession session)
{
    /// <summary>Checks it.</summary>
    /// <param name="wanted">What to make.</param>
    /// <param name="moving">The addresses that would come from the lower device.</param>
    /// <exception cref="Failures.MacvtapException">As <see cref="HostLinkCreator.Create"/>.</exception>
    internal Verdict Check(HostLinkSpecification wanted, IReadOnlyList<LinkAddress> moving)
    {
        IPPrefix[] addresses = [.. wanted.Address.Select(IPPrefix.ParseForLink)];
        foreach (string gateway in wanted.Gateway) IPPrefix.ParseAddress(gateway);
        try
        {
            return Check(wanted, moving, addresses);
        }
        catch (Failures.MacvtapException failure)
        {
            throw UndoLog.WithOutcome(failure, HostLinkCreator.Outcome(wanted));
        }
    }

    private Verdict Check(HostLinkSpecification wanted, IReadOnlyList<LinkAddress> moving, IPPrefix[] addresses)
    {
        RouteScene scene = RouteScene.Take(session);
        Verdict verdict = UndoLog.Step(() => MacvlanPreflight.Check(wanted.Link, scene.Place), f => CreationCauses.Explain(f, wanted.Link, session.Reader));
        Link made = PlannedLink.Macvlan(wanted.Link.Name!, wanted.Link.Mtu ?? wanted.LowerDevice.Mtu, session);
        verdict = verdict.And(AddressPlan.Check(made, [.. moving.Select(m => new IPPrefix(m.Own, m.PrefixLength))], [], session, scene.Place));
        LinkAddress[] moved = [.. moving.Select(m => new LinkAddress(made, m.Record))];
        verdict = verdict.And(AddressPlan.Check(made, addresses, moved, session, scene.Place));
        LinkAddress[] given = [.. addresses.Select(a => new LinkAddress(made, AddressBuilder.Build(made, a, new AddressOptions())))];
        List<RouteRecord> routes = [.. scene.Routes.Select(r => moving.Count > 0 ? Moved(r, wanted.LowerDevice.InterfaceIndex) : r), .. given.SelectMany(a => AddressPlan.Routes(made, a))];
        IPv6Support support = new IPSettings(session.Namespace).IPv6OfNew(made.Mtu);
        scene = scene with { Routes = routes, Addresses = [.. scene.Addresses, .. moved, .. given], IPv6 = link => link.InterfaceIndex == PlannedLink.Index ? support : scene.IPv6(link) };
        foreach (string route in wanted.Route) Add(RouteBuilder.Build(made, route, null, null, RouteBuilder.MainTable, null, false));
        foreach (string gateway in wanted.Gateway) Add(RouteBuilder.Build(made, IPPrefix.Default, gateway, null, RouteBuilder.MainTable, null, false));
        return verdict;

        void Add(RouteRecord route)
        {
            verdict = verdict.And(UndoLog.Step(() => RoutePreflight.CheckAdd(route, [made], made.NetworkNamespace, scene), f => HostLinkCreator.ExplainRoute(f, made, route)));
            routes.Add(route);
        }
    }

    /// <summary>A route over the lower device as it will be: the addresses that made it, or that its gateway is reached by, are the new link's then.</summary>
    private static RouteRecord Moved(RouteRecord route, int lower) => AddressMover.Copy(route, lower, PlannedLink.Index);
}
