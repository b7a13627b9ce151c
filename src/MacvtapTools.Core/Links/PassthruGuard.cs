using MacvtapTools.Failures;

namespace MacvtapTools.Links;

/// <summary>
/// Keeps the module from triggering a defect of the kernel: toggling NoPromiscuous on a passthru link that is switched off makes some kernels count the
/// lower device's promiscuity below zero, for good (fixed in 6.12.117 by a look at netif_running in macvlan_changelink; still there in 6.18.44).
/// </summary>
internal static class PassthruGuard
{
    /// <summary>Refuses a change of flags that could trigger it.</summary>
    /// <exception cref="MacvtapException">ModeChangeNotAllowed.</exception>
    internal static void ThrowIfUnsafe(MacvlanLink link, ModeFlag wanted)
    {
        if (link.Mode != LinkMode.Passthru || link.AdministrativeStatus == AdministrativeStatus.Up) return;
        if (((wanted ^ link.ModeFlag) & ModeFlag.NoPromiscuous) == 0) return;
        throw new MacvtapException(
            FailureId.ModeChangeNotAllowed,
            $"NoPromiscuous of {link.Name} cannot be changed while it is off: this makes some kernels lose count of the lower device's promiscuity, for good.",
            $"{link.Command("Enable-Link")} first.",
            link)
        {
            Cause = FailureCause.PromiscuityDefect,
        };
    }
}
