using Xunit;

namespace MacvtapTools.Kernel.Tests;

/// <summary>Tests that count what the whole process has (descriptors, threads), or measure: they run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
