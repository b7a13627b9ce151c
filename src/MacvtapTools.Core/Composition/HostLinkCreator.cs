using MacvtapTools.Addresses;
using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Route;
using MacvtapTools.Routing;

namespace MacvtapTools.Composition;

/// <summary>Makes a link for the host: a macvlan in bridge mode, switched on, with addresses and routes. If a step fails, those before it are taken back, last first.</summary>
/// <param name="session">The session of the namespace of the lower device.</param>
internal sealed class HostLinkCreator(LinkSession session)
{
    private readonly UndoLog _undo = new();

    /// <summary>Makes it.</summary>
    /// <param name="wanted">What to make.</param>
    /// <param name="moved">The addresses that came from the lower device.</param>
    /// <exception cref="MacvtapException">Why not; nothing was changed but what the message says.</exception>
    internal ChangeResult<Link> Create(HostLinkSpecification wanted, out IReadOnlyList<LinkAddress> moved)
    {
        IPPrefix[] addresses = [.. wanted.Address.Select(IPPrefix.ParseForLink)];
        foreach (string gateway in wanted.Gateway) IPPrefix.ParseAddress(gateway);
        moved = [];
        try
        {
            byte[]? drawn = wanted.Link.MacAddress is null ? NewLink.NewAddress() : null;
            MacvlanSpecification specification = drawn is null ? wanted.Link : wanted.Link with { MacAddress = NewLink.Text(drawn) };
            if (drawn is not null) NewLink.RemoveAgain(session, _undo, wanted.Link.Name!, drawn, "link");
            ChangeResult<Link> made = UndoLog.Step(() => session.Creator.Create(specification), f => CreationCauses.Explain(f, specification, session.Reader));
            Link link = made.Link;
            if (drawn is null) NewLink.RemoveAgain(session, _undo, link.Name, MacAddressText.Parse(link.MacAddress!), "link");
            if (wanted.MoveAddress) moved = new AddressMover(session, _undo).Move(wanted.LowerDevice, link);
            foreach (IPPrefix address in addresses) Give(link, address);
            foreach (string route in wanted.Route) AddRoute(link, RouteBuilder.Build(link, route, null, null, RouteBuilder.MainTable, null, false));
            foreach (string gateway in wanted.Gateway) AddRoute(link, RouteBuilder.Build(link, IPPrefix.Default, gateway, null, RouteBuilder.MainTable, null, false));
            return made with { Link = session.Reader.Find(link.InterfaceIndex) ?? link };
        }
        catch (KernelException failure)
        {
            throw _undo.TakeBack(GeneralCauses.Explain(failure, wanted.Link.Name), Outcome(wanted));
        }
        catch (MacvtapException failure)
        {
            throw _undo.TakeBack(failure, Outcome(wanted));
        }
    }

    private void Give(Link link, IPPrefix address)
    {
        AddressRecord record = AddressBuilder.Build(link, address, new AddressOptions());
        UndoLog.Step(() => new AddressClient(session.Conversation).Add(link, record), f => AddressCauses.ExplainAdd(f, link, address));
    }

    private void AddRoute(Link link, RouteRecord record) =>
        UndoLog.Step(() => new RouteClient(session.Conversation).Add(link, record), f => ExplainRoute(f, link, record));

    /// <summary>What is true when it failed.</summary>
    internal static string Outcome(HostLinkSpecification wanted) => $"{wanted.Link.Name} was not made.";

    /// <summary>A route that is refused. The link is no more then: what helps is to ask for another one.</summary>
    internal static MacvtapException ExplainRoute(KernelException failure, Link link, RouteRecord record)
    {
        MacvtapException cause = RouteCauses.ExplainAdd(failure, link, RouteClient.Describe(link, record));
        return cause.Cause == FailureCause.GatewayUnreachable ? cause.Advise("Add -Address with an address of the gateway's network, or -MoveAddress.") : cause;
    }
}
