using System.Buffers.Binary;
using MacvtapTools.Protection;

namespace MacvtapTools.Tests.Protection;

/// <summary>
/// Runs classic BPF as the kernel does (Documentation/networking/filter.rst): 32-bit accumulator and index, sixteen words of memory, big-endian loads, and 0 for a
/// load behind the end of the frame. It also checks what the kernel checks before it takes a program (bpf_check_classic in net/core/filter.c).
/// </summary>
internal static class BpfInterpreter
{
    internal const uint Drop = 2;
    internal const uint NoOpinion = uint.MaxValue;

    /// <summary>The verdict; and whether a load was tried behind the end of the frame, which our programs never do.</summary>
    internal static (uint Verdict, bool IsOverrun) Run(IReadOnlyList<BpfInstruction> program, ReadOnlySpan<byte> frame)
    {
        uint a = 0, x = 0;
        uint?[] memory = new uint?[16];
        for (int pc = 0; pc < program.Count; pc++)
        {
            (ushort code, byte jt, byte jf, uint k) = program[pc];
            switch (code)
            {
                case 0x06: return (k, false);
                case 0x00: a = k; break;
                case 0x01: x = k; break;
                case 0x80: a = (uint)frame.Length; break;
                case 0x60: a = memory[k] ?? throw new InvalidOperationException("memory that nothing was written to"); break;
                case 0x61: x = memory[k] ?? throw new InvalidOperationException("memory that nothing was written to"); break;
                case 0x02: memory[k] = a; break;
                case 0x03: memory[k] = x; break;
                case 0x07: x = a; break;
                case 0x87: a = x; break;
                case 0x04: a += k; break;
                case 0x0c: a += x; break;
                case 0x1c: a -= x; break;
                case 0x54: a &= k; break;
                case 0x64: a <<= (int)k; break;
                case 0x05: pc += (int)k; break;
                case 0x15: pc += a == k ? jt : jf; break;
                case 0x25: pc += a > k ? jt : jf; break;
                case 0x35: pc += a >= k ? jt : jf; break;
                case 0x3d: pc += a >= x ? jt : jf; break;
                case 0x45: pc += (a & k) != 0 ? jt : jf; break;
                case 0x20 or 0x28 or 0x30 or 0x40 or 0x48 or 0x50:
                    long offset = (code & 0x40) != 0 ? (long)x + k : k;
                    int size = (code & 0x18) switch { 0x00 => 4, 0x08 => 2, _ => 1 };
                    if (offset + size > frame.Length) return (0, true);
                    ReadOnlySpan<byte> place = frame[(int)offset..];
                    a = size switch { 4 => BinaryPrimitives.ReadUInt32BigEndian(place), 2 => BinaryPrimitives.ReadUInt16BigEndian(place), _ => place[0] };
                    break;
                default: throw new InvalidOperationException($"code {code:x}");
            }
        }

        throw new InvalidOperationException("the program ran over its end");
    }

    /// <summary>Null where the kernel would take the program.</summary>
    internal static string? Complaint(IReadOnlyList<BpfInstruction> program)
    {
        if (program.Count is 0 or > 4096) return $"{program.Count} instructions";
        if (program[^1].Code != 0x06) return "the last instruction is no return";
        for (int pc = 0; pc < program.Count; pc++)
        {
            (ushort code, byte jt, byte jf, uint k) = program[pc];
            if (code is 0x60 or 0x61 or 0x02 or 0x03 && k >= 16) return $"{pc}: memory {k}";
            if (code == 0x05 && k >= (uint)(program.Count - pc - 1)) return $"{pc}: jump by {k}";
            if ((code & 0x07) == 0x05 && code != 0x05 && (pc + jt + 1 >= program.Count || pc + jf + 1 >= program.Count)) return $"{pc}: jump by {jt} or {jf}";
        }

        return null;
    }
}
