using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>Tests with guests run one after the other: each emulates a processor, and the host has few.</summary>
[CollectionDefinition(nameof(Guests), DisableParallelization = true)]
public sealed class Guests;
