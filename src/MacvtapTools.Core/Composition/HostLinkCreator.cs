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
            throw _undo.TakeBack(GeneralCauses.Explain(failure, wanted.Link.Name));
        }
        catch (MacvtapException failure)
        {
            throw _undo.TakeBack(failure);
        }
    }

    private void Give(Link link, IPPrefix address)
    {
        AddressRecord record = AddressBuilder.Build(link, address, new AddressOptions());
        UndoLog.Step(() => new AddressClient(session.Conversation).Add(link, record), f => AddressCauses.ExplainAdd(f, link, address));
    }

    private void AddRoute(Link link, RouteRecord record) =>
        UndoLog.Step(() => new RouteClient(session.Conversation).Add(link, record), f => RouteCauses.ExplainAdd(f, link, RouteClient.Describe(link, record)));
}
