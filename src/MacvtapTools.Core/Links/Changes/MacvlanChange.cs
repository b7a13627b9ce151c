using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links.Changes;

/// <summary>A change of what only a macvlan or macvtap has: broadcast queue length, broadcast cutoff, flags of the mode.</summary>
internal sealed record MacvlanChange : LinkChange
{
    private readonly Func<MacvlanLink, object?> _read;
    private readonly Func<string, object, MacvlanSettings> _settings;
    private readonly object _value;

    private MacvlanChange(MacvlanLink link, string property, Func<MacvlanLink, object?> read, Func<string, object, MacvlanSettings> settings, object value)
        : base(link)
    {
        Property = property;
        _read = read;
        _settings = settings;
        _value = value;
    }

    internal override string Property { get; }

    internal override object? Wanted => _value;

    internal static MacvlanChange BroadcastQueueLength(MacvlanLink link, int value) =>
        new(link, nameof(MacvlanLink.BroadcastQueueLength), l => l.BroadcastQueueLength, (kind, v) => new MacvlanSettings(kind) { BroadcastQueueLength = (uint)(int)v }, value);

    internal static MacvlanChange BroadcastCutoff(MacvlanLink link, int value) =>
        new(link, nameof(MacvlanLink.BroadcastCutoff), l => l.BroadcastCutoff, (kind, v) => new MacvlanSettings(kind) { BroadcastCutoff = (int)v }, value);

    internal static MacvlanChange Flag(MacvlanLink link, ModeFlag value)
    {
        PassthruGuard.ThrowIfUnsafe(link, value);
        return new MacvlanChange(link, nameof(MacvlanLink.ModeFlag), l => l.ModeFlag, (kind, v) => new MacvlanSettings(kind) { Flags = (ModeFlag)v }, value);
    }

    internal override object? Read(Link link) => link is MacvlanLink macvlan ? _read(macvlan) : null;

    internal override void Compose(RequestBuffer requests) => Set(requests, _value);

    internal override void ComposeUndo(RequestBuffer requests)
    {
        if (Read(Link) is { } before) Set(requests, before);
    }

    private void Set(RequestBuffer requests, object value) => LinkRequests.ChangeKind(requests, Link.InterfaceIndex, _settings(Link.Kind!, value));
}
