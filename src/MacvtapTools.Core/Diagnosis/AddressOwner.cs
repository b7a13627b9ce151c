using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Diagnosis;

/// <summary>Who has a MAC address that was refused (EADDRINUSE): one of the three causes that there are, with the link that proves it.</summary>
internal static class AddressOwner
{
    /// <summary>Explains it.</summary>
    /// <param name="failure">What the kernel said.</param>
    /// <param name="address">The address.</param>
    /// <param name="view">The lower device and its links.</param>
    /// <param name="link">The link that was to have it, or null where it was to be made.</param>
    /// <param name="advice">What would help.</param>
    /// <param name="target">The target of the failure.</param>
    /// <param name="phrase">From the owner to the sentence.</param>
    internal static MacvtapException Explain(KernelException failure, string? address, LowerDeviceView view, Link? link, string advice, object? target, Func<string, string> phrase)
    {
        Link? owner = view.OwnerOf(address, link?.InterfaceIndex);
        if (owner is null)
        {
            return GeneralCauses.Because(
                failure,
                FailureId.MacAddressInUse,
                FailureCause.MacAddressOfUnseenLink,
                phrase("another link of the same lower device, in a network namespace that has no name or may not be looked into"),
                advice,
                target);
        }

        bool isLower = owner == view.Lower;
        string place = owner.NetworkNamespace is { } name && name != view.Lower?.NetworkNamespace ? $" in network namespace {name}" : string.Empty;
        return GeneralCauses.Because(
            failure,
            FailureId.MacAddressInUse,
            isLower ? FailureCause.MacAddressOfLowerDevice : FailureCause.MacAddressOfSibling,
            phrase(owner.Name + place),
            advice,
            target,
            GeneralCauses.Fact(owner, nameof(Link.MacAddress), owner.MacAddress),
            GeneralCauses.Fact(owner, nameof(Link.AdministrativeStatus), owner.AdministrativeStatus));
    }
}
