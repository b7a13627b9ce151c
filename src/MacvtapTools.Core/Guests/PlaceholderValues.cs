namespace MacvtapTools.Guests;

/// <summary>What placeholders of one tap device stand for.</summary>
/// <param name="Name">The link's name.</param>
/// <param name="MacAddress">The link's MAC address.</param>
/// <param name="VnetHeaderSize">Bytes in front of each frame; 0 for none.</param>
/// <param name="Descriptors">The descriptors that the program has for it, one for each queue.</param>
internal sealed record PlaceholderValues(string Name, string MacAddress, int VnetHeaderSize, IReadOnlyList<int> Descriptors);
