using MacvtapTools.Interop;

namespace MacvtapTools.Links;

/// <summary>The names behind the indexes that a link message gives.</summary>
/// <param name="NetworkNamespace">How the user called the namespace; null for the current one.</param>
/// <param name="LowerDevice">The name of the lower device (or of the peer), where it is known.</param>
/// <param name="Master">The name of the master, where there is one.</param>
internal readonly record struct LinkNames(string? NetworkNamespace, string? LowerDevice, string? Master)
{
    /// <summary>Names of users and groups, looked up once for many links; null where each link looks for itself.</summary>
    internal AccountNames? Accounts { get; init; }

    /// <summary>The namespace of the lower device (or of the peer), where it is another one and could be found.</summary>
    internal string? LowerDeviceNamespace { get; init; }

    /// <summary>Tells of the device behind a link of that name; null where that is not asked for.</summary>
    internal Func<string, PhysicalFacts?>? Physical { get; init; }
}
