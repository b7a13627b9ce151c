using static MacvtapTools.Interop.ClassicBpf;

namespace MacvtapTools.Protection;

/// <summary>
/// From a program back to its rules. The header tells the shape, and the shape tells which operands are addresses. The rules that come out are compiled again: only
/// where that gives the same program, instruction for instruction, they are what the kernel does.
/// </summary>
internal static class ProtectionDecompiler
{
    /// <summary>The rules of a program; null where it is not one that <see cref="ProtectionCompiler"/> makes.</summary>
    internal static ProtectionRules? Read(IReadOnlyList<BpfInstruction> program, bool isIncoming)
    {
        if (program.Count is < ProtectionHeader.Length or > ProtectionCompiler.LongestProgram) return null;
        if (program.Take(ProtectionHeader.Length).Any(i => i.Code != (BPF_LD | BPF_IMM))) return null;
        if (ProtectionHeader.Read([.. program.Take(ProtectionHeader.Length).Select(i => i.Value)]) is not { } shape || shape.IsIncoming != isIncoming) return null;

        // Each address takes an instruction at least, so that a header that lies costs no memory.
        if (shape.Sources + shape.Siblings + shape.ArpAddresses + shape.NeighbourAddresses > program.Count) return null;
        uint[] words = new uint[shape.WordCount];
        BpfProgram template = ProtectionCompiler.Compile(shape, words);
        if (template.Instructions.Count != program.Count) return null;
        for (int i = 0; i < program.Count; i++)
        {
            if (template.Slots[i] != BpfAssembler.NoSlot) words[template.Slots[i]] = program[i].Value;
        }

        ProtectionRules rules = shape.Rules(words);
        return ProtectionShape.Of(rules, isIncoming) == shape && ProtectionCompiler.Compile(shape, ProtectionShape.Words(rules)).Instructions.SequenceEqual(program) ? rules : null;
    }
}
