using System.Globalization;
using MacvtapTools.Failures;

namespace MacvtapTools.Bridging;

/// <summary>
/// Hairpin of an Open vSwitch port. The switch has no such setting, and its action NORMAL never sends a frame back to where it came from; so it is made of flows,
/// all with a cookie of our own:
/// <list type="bullet">
/// <item>Table 0: a frame from the port is switched by NORMAL as before. Its source is learned: from then on, and for as long as NORMAL remembers an address, a frame
/// from the port to that address (in that VLAN) also goes back out.</item>
/// <item>Table 253: frames from the port to a group or to everyone also go back out, and the learned flows are here. Those for the switch itself (01:80:c2:00:00:0X:
/// spanning tree, LACP, LLDP) do not, as on the kernel's bridge: a host that gets its own back believes in a loop.</item>
/// </list>
/// The priority is the lowest above the flow that every bridge begins with, so that all flows of others decide first. See ovs-actions(7), "learn".
/// </summary>
internal sealed class OpenVswitchHairpin(OpenVswitchDatabase database, CancellationToken stop)
{
    /// <summary>What marks our flows: "macvtap" in ASCII, and a zero byte.</summary>
    internal const ulong Cookie = 0x6d61637674617000;

    private const int MainTable = 0;
    private const int ReflectionTable = 253;
    private const int Priority = 1;
    private const string Program = "ovs-ofctl";
    private const string Group = "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00";
    private const string Reserved = "dl_dst=01:80:c2:00:00:00/ff:ff:ff:ff:ff:f0";

    // As NORMAL forgets addresses (mac-aging-time), and as many as it remembers at most (mac-table-size) by default.
    private const int Seconds = 300;
    private const int Addresses = 8192;

    // The bridge may allow one version only; the newest that both know is taken.
    private const string Versions = "OpenFlow10,OpenFlow11,OpenFlow12,OpenFlow13,OpenFlow14,OpenFlow15";

    private static readonly string _cookie = string.Create(CultureInfo.InvariantCulture, $"cookie=0x{Cookie:x}");

    /// <summary>All flows of a bridge.</summary>
    internal IReadOnlyList<OpenVswitchFlow> Read(string bridge) => OpenVswitchFlow.ReadAll(Run(["dump-flows", bridge]));

    /// <summary>Whether hairpin of a port is on.</summary>
    internal static bool IsOn(IReadOnlyList<OpenVswitchFlow> flows, int port) =>
        flows.Any(f => IsOurs(f, port) && f.Table == MainTable) && flows.Any(f => IsOurs(f, port) && f.Table == ReflectionTable && f.Match.Contains(Group));

    /// <summary>Switches hairpin on or off, and reads it back. Flows of others stay as they are.</summary>
    /// <param name="port">The port.</param>
    /// <param name="on">What is wanted.</param>
    /// <returns>The bridge's flows afterwards.</returns>
    /// <exception cref="MacvtapException">OpenVswitchUnsuitable, ReadBackMismatch, and what the programs failed with.</exception>
    internal IReadOnlyList<OpenVswitchFlow> Set(OpenVswitchPort port, bool on)
    {
        if (on) Add(port);
        else Remove(port);
        IReadOnlyList<OpenVswitchFlow> flows = Read(port.Bridge);
        if (IsOn(flows, port.OpenFlowPort) == on) return flows;
        throw new MacvtapException(
            FailureId.ReadBackMismatch,
            $"{port.Bridge} took the change of hairpin of {port.Name}, and the flows are not so.",
            $"Does a controller remove flows that are not its own? ovs-ofctl dump-flows {port.Bridge} \"{_cookie}/-1\" shows ours.",
            port.Name);
    }

    /// <summary>Whether hairpin could be switched on: what is there is looked at, and left alone. Switched off it can be always.</summary>
    /// <exception cref="MacvtapException">OpenVswitchUnsuitable, and what the programs failed with.</exception>
    internal void Check(OpenVswitchPort port, bool on)
    {
        IReadOnlyList<OpenVswitchFlow> flows = Read(port.Bridge);
        if (on) Objection(flows, port);
    }

    /// <summary>The flows of others that come before ours and can take frames of the port.</summary>
    internal static IReadOnlyList<OpenVswitchFlow> Before(IReadOnlyList<OpenVswitchFlow> flows, int port) =>
        [.. flows.Where(f => f.Table == MainTable && f.Priority >= Priority && f.Cookie != Cookie && f.MayMatch(port))];

    /// <summary>What a bridge does otherwise than to switch every frame by addresses, in words behind its name; null where that is all it does, hairpin aside.</summary>
    internal static string? Deviation(IReadOnlyList<OpenVswitchFlow> flows)
    {
        if (!flows.Any(IsNormal)) return "has no flow that handles every frame with NORMAL";
        int others = flows.Count(f => f.Table == MainTable && f.Cookie != Cookie && !IsNormal(f));
        return others == 0 ? null : $"has {others} flow{(others == 1 ? string.Empty : "s")} of others";
    }

    /// <summary>The flows, as ovs-ofctl reads them. The one that sends frames to the other comes last.</summary>
    internal static string Compose(int port)
    {
        string from = OpenVswitchFlow.InPort(port);

        // A frame does not leave through the port that it came from unless it is made to look as if it came from none (in_port 0).
        string learn = $"learn(table={ReflectionTable},hard_timeout={Seconds},priority={Priority + 1},{_cookie},limit={Addresses},"
            + "NXM_OF_IN_PORT[],NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_IN_PORT[],output:NXM_OF_IN_PORT[])";
        return $"{_cookie},table={ReflectionTable},priority={Priority + 1},{from},{Reserved},actions=drop\n"
            + $"{_cookie},table={ReflectionTable},priority={Priority},{from},{Group},actions=IN_PORT\n"
            + $"{_cookie},table={MainTable},priority={Priority},{from},actions={learn},NORMAL,resubmit(,{ReflectionTable})\n";
    }

    private void Add(OpenVswitchPort port)
    {
        IReadOnlyList<OpenVswitchFlow> flows = Read(port.Bridge);
        Objection(flows, port);
        try
        {
            Run(["add-flows", port.Bridge, "-"], Compose(port.OpenFlowPort));
        }
        catch (MacvtapException)
        {
            // Half of it would be worse than nothing. What went wrong first is what the user hears.
            TryRemove(port);
            throw;
        }
    }

    private void TryRemove(OpenVswitchPort port)
    {
        try
        {
            Remove(port);
        }
        catch (MacvtapException)
        {
            // The first failure says it: the switch does not answer.
        }
    }

    private void Remove(OpenVswitchPort port) => Run(["del-flows", port.Bridge, $"{_cookie}/-1,{OpenVswitchFlow.InPort(port.OpenFlowPort)}"]);

    /// <summary>Refuses where NORMAL does not switch the frames, since our flow would let pass what the owner of the bridge did not, and where our flow would replace another.</summary>
    private static void Objection(IReadOnlyList<OpenVswitchFlow> flows, OpenVswitchPort port)
    {
        if (!flows.Any(IsNormal))
        {
            throw new MacvtapException(
                FailureId.OpenVswitchUnsuitable,
                $"{port.Bridge} does not switch by addresses: it has no flow that handles every frame with NORMAL. Hairpin of {port.Name} was not touched, since it would let frames pass that are dropped now.",
                $"A controller decides there (or fail_mode is secure): let it reflect the frames. ovs-ofctl dump-flows {port.Bridge} shows the flows.",
                port.Name);
        }

        string from = OpenVswitchFlow.InPort(port.OpenFlowPort);
        if (flows.FirstOrDefault(f => f is { Table: MainTable, Priority: Priority } && f.Cookie != Cookie && f.Match is [var only] && only == from) is { } taken)
        {
            throw new MacvtapException(
                FailureId.OpenVswitchUnsuitable,
                $"{port.Bridge} has a flow for {from} with priority {Priority} (actions={taken.Actions}), and hairpin would replace it.",
                "Give that flow another priority.",
                port.Name);
        }
    }

    private static bool IsNormal(OpenVswitchFlow flow) => flow is { Table: MainTable, Match.Count: 0, Actions: "NORMAL" };

    private static bool IsOurs(OpenVswitchFlow flow, int port) => flow.Cookie == Cookie && flow.Match.Contains(OpenVswitchFlow.InPort(port));

    private string Run(string[] arguments, string? input = null) =>
        OpenVswitchProgram.Run(Program, ["-O", Versions, $"--timeout={(int)OpenVswitchProgram.Patience.TotalSeconds}", .. arguments], database, input, stop);
}
