using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>The modes of a macvtap as libvirt spells them (virNetDevMacVLanMode in src/util/virnetdevmacvlan.c).</summary>
internal static class LibvirtModes
{
    private static readonly (LinkMode Mode, string Word)[] _words =
        [(LinkMode.Vepa, "vepa"), (LinkMode.Bridge, "bridge"), (LinkMode.Private, "private"), (LinkMode.Passthru, "passthrough")];

    /// <summary>libvirt's word.</summary>
    /// <exception cref="MacvtapException">LibvirtUnsupported: libvirt has no such mode.</exception>
    internal static string Word(LinkMode mode, object target) => _words.FirstOrDefault(w => w.Mode == mode).Word ?? throw new MacvtapException(
        FailureId.LibvirtUnsupported,
        $"libvirt has no macvtap mode '{mode}'.",
        "It makes vepa, bridge, private and passthrough. With -Existing the guest uses the macvtap that is there, in any mode.",
        target);

    /// <summary>The mode of a word of a card, whose default is vepa (that of a network is nat). Null where the word is something else.</summary>
    internal static LinkMode? Read(string? word) =>
        word is null ? LinkMode.Vepa : _words.Where(w => w.Word == word).Select(w => (LinkMode?)w.Mode).FirstOrDefault();
}
