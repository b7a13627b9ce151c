namespace MacvtapTools.Interop;

/// <summary>
/// The parts of which the code of a classic BPF instruction is made (include/uapi/linux/bpf_common.h and filter.h; Documentation/networking/filter.rst).
/// The machine has an accumulator A, an index X, and sixteen words of memory.
/// </summary>
internal static class ClassicBpf
{
    internal const ushort BPF_LD = 0x00;
    internal const ushort BPF_LDX = 0x01;
    internal const ushort BPF_ST = 0x02;
    internal const ushort BPF_STX = 0x03;
    internal const ushort BPF_ALU = 0x04;
    internal const ushort BPF_JMP = 0x05;
    internal const ushort BPF_RET = 0x06;
    internal const ushort BPF_MISC = 0x07;

    internal const ushort BPF_W = 0x00;
    internal const ushort BPF_H = 0x08;
    internal const ushort BPF_B = 0x10;

    internal const ushort BPF_IMM = 0x00;
    internal const ushort BPF_ABS = 0x20;
    internal const ushort BPF_IND = 0x40;
    internal const ushort BPF_MEM = 0x60;
    internal const ushort BPF_LEN = 0x80;

    internal const ushort BPF_ADD = 0x00;
    internal const ushort BPF_SUB = 0x10;
    internal const ushort BPF_AND = 0x50;
    internal const ushort BPF_LSH = 0x60;

    internal const ushort BPF_JA = 0x00;
    internal const ushort BPF_JEQ = 0x10;
    internal const ushort BPF_JGT = 0x20;
    internal const ushort BPF_JGE = 0x30;
    internal const ushort BPF_JSET = 0x40;

    internal const ushort BPF_K = 0x00;
    internal const ushort BPF_X = 0x08;

    internal const ushort BPF_TAX = 0x00;
    internal const ushort BPF_TXA = 0x80;

    /// <summary>How many instructions the kernel takes.</summary>
    internal const int BPF_MAXINSNS = 4096;
}
