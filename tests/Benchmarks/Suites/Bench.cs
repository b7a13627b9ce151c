using MacvtapTools.Benchmarks.Tools;

namespace MacvtapTools.Benchmarks.Suites;

/// <summary>What all suites have.</summary>
/// <param name="Rounds">How often each thing is measured.</param>
/// <param name="Folder">A temporary folder.</param>
/// <param name="Yardstick">The C program.</param>
/// <param name="IsLong">Whether what takes minutes is measured in full.</param>
/// <param name="Stop">Signalled when the user wants an end.</param>
internal sealed record Bench(int Rounds, WorkFolder Folder, Yardstick Yardstick, bool IsLong, CancellationToken Stop);
