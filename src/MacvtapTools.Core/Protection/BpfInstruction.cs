using System.Globalization;

namespace MacvtapTools.Protection;

/// <summary>One instruction of a classic BPF program (struct sock_filter): 8 bytes.</summary>
/// <param name="Code">What it does.</param>
/// <param name="JumpTrue">How many instructions it skips where its condition holds.</param>
/// <param name="JumpFalse">How many it skips where it does not.</param>
/// <param name="Value">Its operand.</param>
internal readonly record struct BpfInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value)
{
    internal const int Length = 8;

    /// <summary>The program as the kernel takes it, in the byte order of the host.</summary>
    internal static byte[] ToBytes(IReadOnlyList<BpfInstruction> program)
    {
        byte[] bytes = new byte[program.Count * Length];
        for (int i = 0; i < program.Count; i++)
        {
            Span<byte> place = bytes.AsSpan(i * Length, Length);
            BitConverter.TryWriteBytes(place, program[i].Code);
            place[2] = program[i].JumpTrue;
            place[3] = program[i].JumpFalse;
            BitConverter.TryWriteBytes(place[4..], program[i].Value);
        }

        return bytes;
    }

    /// <summary>A program as the kernel gives it; what is left behind the last whole instruction is passed over.</summary>
    internal static BpfInstruction[] FromBytes(ReadOnlySpan<byte> bytes)
    {
        var program = new BpfInstruction[bytes.Length / Length];
        for (int i = 0; i < program.Length; i++)
        {
            ReadOnlySpan<byte> place = bytes.Slice(i * Length, Length);
            program[i] = new BpfInstruction(BitConverter.ToUInt16(place), place[2], place[3], BitConverter.ToUInt32(place[4..]));
        }

        return program;
    }

    /// <summary>The four numbers, as tc and tcpdump -ddd write them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {JumpTrue} {JumpFalse} {Value}");
}
