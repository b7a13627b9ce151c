using MacvtapTools.Links;

namespace MacvtapTools.Forwarding;

/// <summary>A link to send from and to watch.</summary>
/// <param name="Session">The session of its namespace.</param>
/// <param name="Name">What it is called.</param>
/// <param name="InterfaceIndex">Its index.</param>
/// <param name="IsStack">Only what the link's own network stack gets counts as received.</param>
/// <param name="IsVeiled">Filters can drop what is seen there, and no socket sees past them: a sighting does not say that it was received.</param>
internal sealed record ProbePlace(LinkSession Session, string Name, int InterfaceIndex, bool IsStack = false, bool IsVeiled = false);
