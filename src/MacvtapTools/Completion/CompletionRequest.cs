using System.Collections;
using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Protection;

namespace MacvtapTools.Completion;

/// <summary>What is asked of a completer of links, and what is there.</summary>
internal sealed class CompletionRequest : IDisposable
{
    private const string OpenVswitchParameter = "OpenVswitchDatabase";
    private const string ModeParameter = "Mode";

    private static readonly TimeSpan OpenVswitchPatience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _limit = new(OpenVswitchPatience);
    private readonly OpenVswitchClient _openVswitch;
    private readonly Lazy<ILookup<int, Link>> _onTop;

    private readonly Lazy<IReadOnlySet<int>> _hooks;

    /// <param name="bound">What was typed before.</param>
    /// <param name="session">A session of the namespace that was typed.</param>
    internal CompletionRequest(IDictionary bound, LinkSession session)
    {
        IReadOnlyList<Link> links = Completions.Links(session);
        Bound = bound;
        Links = links;
        _hooks = new Lazy<IReadOnlySet<int>>(new ProtectionClient(session.Conversation).ReadHooks);
        _openVswitch = new OpenVswitchClient(bound[OpenVswitchParameter]?.ToString(), _limit.Token);
        _onTop = new Lazy<ILookup<int, Link>>(() => links.Where(l => l.LowerDeviceNamespaceId is null).ToLookup(l => l.LowerDeviceIndex ?? 0));
    }

    internal IDictionary Bound { get; }

    internal IReadOnlyList<Link> Links { get; }

    /// <summary>The mode Passthru was typed before.</summary>
    internal bool IsPassthru => Completions.Typed(Bound, ModeParameter).Any(static m => m.Equals(nameof(LinkMode.Passthru), StringComparison.OrdinalIgnoreCase));

    /// <summary>The links on a lower device, of its own namespace: those of others would have to be looked for in each of them.</summary>
    internal IEnumerable<Link> OnTop(Link lower) => _onTop.Value[lower.InterfaceIndex];

    /// <summary>Whether a link has the hook that a protection hangs on.</summary>
    internal bool HasHook(Link link) => _hooks.Value.Contains(link.InterfaceIndex);

    /// <summary>A link as the port of a bridge, also of one of Open vSwitch; null where it is none.</summary>
    internal BridgePort? Port(Link link) => BridgePortClient.AsPort(link) ?? Ask(() => _openVswitch.Find(link));

    /// <summary>Whether Open vSwitch has a bridge of a link's name.</summary>
    internal bool IsOpenVswitchBridge(Link link) => Ask(() => _openVswitch.HasBridge(link.Name));

    /// <inheritdoc/>
    public void Dispose() => _limit.Dispose();

    /// <summary>An Open vSwitch that does not answer has nothing to offer; the cmdlet itself will say why.</summary>
    private static T? Ask<T>(Func<T?> question)
    {
        try
        {
            return question();
        }
        catch (Exception failure) when (failure is MacvtapException or OperationCanceledException)
        {
            return default;
        }
    }
}
