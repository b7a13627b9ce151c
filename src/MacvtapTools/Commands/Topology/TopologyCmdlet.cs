using System.Management.Automation;
using MacvtapTools.Bridging;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Topology;

namespace MacvtapTools.Commands;

/// <summary>What the cmdlets share that show how links hang together: which namespaces are read, and which trees are wanted.</summary>
public abstract class TopologyCmdlet : KernelCmdlet
{
    private readonly List<string> _names = [];
    private readonly List<string?> _places = [];
    private readonly OpenVswitchClients _openVswitch = new();

    /// <summary>The names of links; patterns are taken. The trees that they belong to are shown; all where it is left out.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IfName", "InterfaceAlias")]
    [NoObject]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Reads every network namespace that has a name, and the one that is worked in.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The socket of the Open vSwitch database to ask about links that are no ports of a kernel bridge. The usual one where it is left out.</summary>
    [Parameter]
    [Alias("OvsDatabase")]
    [AllowNull]
    [AllowEmptyString]
    public string? OpenVswitchDatabase { get; set; }

    /// <summary>Knows the ports of Open vSwitch.</summary>
    private protected OpenVswitchClient OpenVswitch => _openVswitch[OpenVswitchDatabase, StopRequested];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Name is not null) _names.AddRange(Name);
        if (!_places.Contains(NetworkNamespace)) _places.Add(NetworkNamespace);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Attempt(null, () =>
    {
        IReadOnlyList<LinkSession> sessions = Sessions();
        var collector = new TopologyCollector(sessions, OpenVswitch);
        LinkTopology topology = collector.Read(StopRequested);
        if (collector.OpenVswitchProblem is { } problem) WriteWarning($"Bridges of Open vSwitch are left out: {problem}");
        if (OpenVswitch.Unreachable is { } why) WriteVerbose($"Open vSwitch could not be asked, and its bridges are not shown: {why}");
        if (!topology.IsComplete) WriteVerbose("Some processes or network namespaces could not be looked into (it needs CAP_SYS_PTRACE and CAP_SYS_ADMIN), or links came and went: links or holders can be missing.");
        Process(Select(topology), sessions);
    });

    /// <summary>Does what the cmdlet is for.</summary>
    /// <param name="topology">The trees that are wanted.</param>
    /// <param name="sessions">The sessions that it was read with.</param>
    private protected abstract void Process(LinkTopology topology, IReadOnlyList<LinkSession> sessions);

    /// <summary>What the pictures are called.</summary>
    private protected string Title()
    {
        string place = All ? "all network namespaces" : string.Join(", ", _places.Select(p => p is null ? "the current network namespace" : $"network namespace {p}"));
        return _names.Count == 0 ? $"Links of {place}" : $"{string.Join(", ", _names)} in {place}";
    }

    /// <summary>The namespaces that were named come first and have to be there; of the others those that may not be entered are passed over.</summary>
    private List<LinkSession> Sessions()
    {
        List<LinkSession> sessions = [];
        foreach (string? place in _places) Add(Session(place));
        if (!All) return sessions;
        foreach (NetworkNamespace other in NamespaceStore.List())
        {
            try
            {
                Add(Session(other.ToString()));
            }
            catch (Exception failure) when (failure is MacvtapException or KernelException)
            {
                WriteWarning($"Network namespace '{other}' is left out: {failure.Message}");
            }
        }

        return sessions;

        void Add(LinkSession session)
        {
            if (!sessions.Exists(s => s.Namespace.IsSameAs(session.Namespace))) sessions.Add(session);
        }
    }

    private LinkTopology Select(LinkTopology topology)
    {
        // The loopback of each namespace belongs to nothing: it is shown where it is named.
        if (_names.Count == 0) return topology.Where(n => !n.IsLoopback);
        // With -All and no namespace named, a name is looked for in all of them.
        int named = All && _places is [null] ? 0 : _places.Count;
        List<Func<TopologyNode, bool>> wanted = [];
        foreach (string name in _names)
        {
            bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
            var pattern = new WildcardPattern(name, WildcardOptions.None);
            bool IsWanted(TopologyNode n) => n.ProcessId is null && n.Status is not null && (n.Key.Place < named || named == 0) && (pattern.IsMatch(n.Name) || n.AlternativeName.Any(pattern.IsMatch));
            if (!isPattern && !topology.Node.Any(IsWanted))
                Report(new MacvtapException(FailureId.LinkNotFound, $"There is no link '{name}' in {(named == 0 ? "any network namespace that could be read" : NetworkNamespace is { } place ? $"network namespace '{place}'" : "the current network namespace")}.", "Get-Link shows what is there; -All looks in every network namespace that has a name.", name));
            else wanted.Add(IsWanted);
        }

        return topology.Where(n => wanted.Exists(w => w(n)));
    }
}
