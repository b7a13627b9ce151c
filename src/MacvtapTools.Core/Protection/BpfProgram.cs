namespace MacvtapTools.Protection;

/// <summary>An assembled program.</summary>
/// <param name="Instructions">Its instructions.</param>
/// <param name="Slots">For each instruction which parameter its operand is, or <see cref="BpfAssembler.NoSlot"/>.</param>
internal sealed record BpfProgram(IReadOnlyList<BpfInstruction> Instructions, IReadOnlyList<int> Slots);
