using MacvtapTools.Failures;

namespace MacvtapTools.Bridging;

/// <summary>
/// Ports of Open vSwitch bridges, for one command: what was read once is kept. Nothing is started until somebody asks about a link that can be such a port, and not
/// even then where no Open vSwitch runs.
/// </summary>
/// <param name="wanted">The database as the user named it; null for the usual one.</param>
/// <param name="stop">Ends what is under way.</param>
internal sealed class OpenVswitchClient(string? wanted, CancellationToken stop)
{
    private const string KernelDatapath = "ovs-system";

    private readonly Dictionary<string, IReadOnlyList<OpenVswitchFlow>> _flows = new(StringComparer.Ordinal);
    private OpenVswitchDatabase? _database;
    private OpenVswitchTopology? _topology;
    private bool _isFound;

    /// <summary>Why no Open vSwitch could be asked though there seems to be one; null where there is none, or it answered.</summary>
    internal string? Unreachable { get; private set; }

    /// <summary>The database as the user named it; null for the usual one.</summary>
    internal string? NamedDatabase => string.IsNullOrEmpty(wanted) ? null : wanted;

    /// <summary>
    /// A link as the port of an Open vSwitch bridge, or null. With the kernel's datapath such links belong to ovs-system; with the one in user space nothing about the
    /// link tells, and the database is asked if there is one.
    /// </summary>
    /// <exception cref="MacvtapException">OpenVswitchError and the like: the link is such a port, or the user named the database, and it cannot be asked.</exception>
    internal BridgePort? Find(Link link)
    {
        if (!CanBePort(link)) return null;
        if (Topology(IsSurelyPort(link), link)?.Ports.FirstOrDefault(p => p.Is(link)) is not { } port) return null;
        return new BridgePort(link, port, OpenVswitchHairpin.IsOn(Flows(port.Bridge), port.OpenFlowPort), _database!.Socket);
    }

    /// <summary>The Open vSwitch bridge that a link is the local port of, or null.</summary>
    internal OpenVswitchBridge? FindBridge(Link link) => CanBePort(link) ? Topology(false, link)?.Bridges.FirstOrDefault(b => b.Is(link)) : null;

    /// <summary>Fails now, where the user named a database and it cannot be asked. Without one nothing is asked.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid, OpenVswitchError and the like.</exception>
    internal void ThrowIfNamedAndSilent()
    {
        if (NamedDatabase is not null) Topology(false, null);
    }

    /// <summary>Whether there is an Open vSwitch bridge of a name.</summary>
    internal bool HasBridge(string name) => Topology(false, null)?.Bridges.Any(b => b.Name == name) == true;

    /// <summary>The other ports of a port's bridge, without its local one.</summary>
    /// <param name="port">The port, as <see cref="Find"/> gave it.</param>
    internal IReadOnlyList<OpenVswitchPort> Others(BridgePort port) => [.. _topology!.Ports.Where(p => p.Bridge == port.Bridge && p != port.OpenVswitch)];

    /// <summary>Why it cannot be said which way a port's frames go, in words; null where the bridge switches by addresses, and nothing else is set.</summary>
    /// <param name="port">The port, as <see cref="Find"/> gave it.</param>
    internal string? Uncertainty(BridgePort port)
    {
        string bridge = port.Bridge!;
        if (OpenVswitchHairpin.Deviation(Flows(bridge)) is { } deviation) return $"{bridge} {deviation}";
        return Others(port).Append(port.OpenVswitch!).FirstOrDefault(p => !p.IsPlain) is { } special ? $"{special.Name} is in a VLAN, protected, or a member of a bond" : null;
    }

    /// <summary>Switches hairpin of a port on or off.</summary>
    /// <param name="port">The port, as <see cref="Find"/> gave it.</param>
    /// <param name="on">What is wanted.</param>
    /// <param name="limitation">Why it has not its full effect, or null.</param>
    internal BridgePort SetHairpin(BridgePort port, bool on, out string? limitation)
    {
        OpenVswitchPort its = port.OpenVswitch!;
        IReadOnlyList<OpenVswitchFlow> flows = _flows[its.Bridge] = new OpenVswitchHairpin(_database!, stop).Set(its, on);
        limitation = on ? Limitation(its, OpenVswitchHairpin.Before(flows, its.OpenFlowPort)) : null;
        return new BridgePort(port.Link, its, on, _database!.Socket);
    }

    /// <summary>Checks a change of hairpin without making it.</summary>
    /// <exception cref="MacvtapException">OpenVswitchUnsuitable, and what the programs failed with.</exception>
    internal void CheckHairpin(BridgePort port, bool on) => new OpenVswitchHairpin(_database!, stop).Check(port.OpenVswitch!, on);

    private static bool IsSurelyPort(Link link) => link.Master == KernelDatapath;

    private static bool CanBePort(Link link) => link.Record.Port is null && (link.Master is null || IsSurelyPort(link)) && !link.Flags.HasFlag(InterfaceFlag.Loopback);

    private static string? Limitation(OpenVswitchPort port, IReadOnlyList<OpenVswitchFlow> before)
    {
        if (!port.IsForwarding) return $"{port.Name} is switched off, has no carrier, or is held by the spanning tree, and reflects nothing until it forwards.";
        return before.Count == 0
            ? null
            : $"{port.Bridge} has {before.Count} flow{(before.Count == 1 ? string.Empty : "s")} of others that come first; what they match is not reflected. The first has priority {before[0].Priority} and actions={before[0].Actions}.";
    }

    private IReadOnlyList<OpenVswitchFlow> Flows(string bridge)
    {
        if (!_flows.TryGetValue(bridge, out IReadOnlyList<OpenVswitchFlow>? flows)) _flows[bridge] = flows = new OpenVswitchHairpin(_database!, stop).Read(bridge);
        return flows;
    }

    /// <summary>The bridges and ports, or null where nobody can tell and nobody has to.</summary>
    private OpenVswitchTopology? Topology(bool isRequired, Link? link)
    {
        if (_topology is not null) return _topology;
        if (!_isFound)
        {
            _database = OpenVswitchDatabase.Find(wanted);
            Unreachable = _database?.WhyUnreachable();
            _isFound = true;
        }

        if (_database is not null && Unreachable is null) return _topology = OpenVswitchTopology.Read(_database, stop);
        if (!isRequired && string.IsNullOrEmpty(wanted)) return null;
        throw new MacvtapException(
            FailureId.OpenVswitchError,
            _database is null ? $"{link} is a port of Open vSwitch, and its database was not found." : $"The Open vSwitch database {_database} does not answer: {Unreachable}.",
            "Is ovsdb-server running, and may you write to its socket? -OpenVswitchDatabase names another one.",
            link);
    }
}
