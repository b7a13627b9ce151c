using System.Runtime.InteropServices;

namespace MacvtapTools.Benchmarks.Tools;

/// <summary>
/// Memory at an address that 64 divides, as the C program has it. The processor copies 65,000 bytes up to a fourth faster there than at one that 16 divides, where an array can
/// be; for short frames it makes no difference.
/// </summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;

    private readonly int _length;
    private void* _start;

    internal AlignedBuffer(int length)
    {
        _length = length;
        _start = NativeMemory.AlignedAlloc((nuint)length, Alignment);
        Span.Clear();
    }

    internal Span<byte> Span => new(_start, _length);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
