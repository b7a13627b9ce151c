using static MacvtapTools.Interop.ClassicBpf;

namespace MacvtapTools.Protection;

/// <summary>
/// Puts a classic BPF program together. Jumps go to labels, forward only, as the kernel wants it; a conditional jump reaches 255 instructions, and where its label is
/// farther away an unconditional one (which reaches everywhere) is put behind it.
/// </summary>
internal sealed class BpfAssembler
{
    /// <summary>In place of a label: the instruction that follows.</summary>
    internal const int Next = -1;

    /// <summary>The operand is no parameter of the program.</summary>
    internal const int NoSlot = -1;

    private readonly List<Item> _items = [];
    private readonly List<int> _labels = [];

    /// <summary>A label, to be placed later.</summary>
    internal int NewLabel()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>The label stands before the instruction that comes next.</summary>
    internal void Place(int label) => _labels[label] = _items.Count;

    /// <summary>An instruction that jumps nowhere.</summary>
    internal void Do(int code, uint value = 0) => _items.Add(new Item((ushort)code, value, Next, Next, NoSlot));

    /// <summary>Goes on at a label.</summary>
    internal void Go(int label) => _items.Add(new Item(BPF_JMP | BPF_JA, 0, label, Next, NoSlot));

    /// <summary>A conditional jump.</summary>
    /// <param name="code">The condition.</param>
    /// <param name="value">What the accumulator is compared with.</param>
    /// <param name="whenTrue">A label, or <see cref="Next"/>.</param>
    /// <param name="whenFalse">A label, or <see cref="Next"/>.</param>
    /// <param name="slot">Which parameter the value is, or <see cref="NoSlot"/>.</param>
    internal void If(int code, uint value, int whenTrue, int whenFalse, int slot = NoSlot) => _items.Add(new Item((ushort)(BPF_JMP | code), value, whenTrue, whenFalse, slot));

    /// <summary>The program.</summary>
    /// <exception cref="InvalidOperationException">A label was not placed, or stands before its jump.</exception>
    internal BpfProgram Assemble()
    {
        var isLong = new (bool True, bool False)[_items.Count];
        int[] positions = Layout(isLong);
        while (Stretch(isLong, positions)) positions = Layout(isLong);
        var program = new List<BpfInstruction>();
        var slots = new List<int>();
        for (int i = 0; i < _items.Count; i++)
        {
            Item item = _items[i];
            if (!IsConditional(item))
            {
                Add(item.Code == (BPF_JMP | BPF_JA) ? new BpfInstruction(item.Code, 0, 0, Distance(item.WhenTrue, positions, i)) : new BpfInstruction(item.Code, 0, 0, item.Value), item.Slot);
                continue;
            }

            (bool isTrueLong, bool isFalseLong) = isLong[i];
            uint toTrue = isTrueLong ? 0 : Distance(item.WhenTrue, positions, i);
            uint toFalse = isFalseLong ? (isTrueLong ? 1u : 0) : Distance(item.WhenFalse, positions, i);
            Add(new BpfInstruction(item.Code, checked((byte)toTrue), checked((byte)toFalse), item.Value), item.Slot);
            if (isTrueLong) Add(new BpfInstruction(BPF_JMP | BPF_JA, 0, 0, Distance(item.WhenTrue, positions, i) - 1), NoSlot);
            if (isFalseLong) Add(new BpfInstruction(BPF_JMP | BPF_JA, 0, 0, Distance(item.WhenFalse, positions, i) - (isTrueLong ? 2u : 1u)), NoSlot);
        }

        return new BpfProgram(program, slots);

        void Add(BpfInstruction instruction, int slot)
        {
            program.Add(instruction);
            slots.Add(slot);
        }
    }

    private static bool IsConditional(Item item) => (item.Code & 0x07) == BPF_JMP && item.Code != (BPF_JMP | BPF_JA);

    private int[] Layout((bool True, bool False)[] isLong)
    {
        int[] positions = new int[_items.Count + 1];
        for (int i = 0; i < _items.Count; i++) positions[i + 1] = positions[i] + 1 + (isLong[i].True ? 1 : 0) + (isLong[i].False ? 1 : 0);
        return positions;
    }

    /// <summary>Makes long what does not reach. A jump that was made long stays so, so that this ends.</summary>
    private bool Stretch((bool True, bool False)[] isLong, int[] positions)
    {
        bool isChanged = false;
        for (int i = 0; i < _items.Count; i++)
        {
            if (!IsConditional(_items[i])) continue;
            (bool, bool) needed = (isLong[i].True || Distance(_items[i].WhenTrue, positions, i) > byte.MaxValue, isLong[i].False || Distance(_items[i].WhenFalse, positions, i) > byte.MaxValue);
            isChanged |= needed != isLong[i];
            isLong[i] = needed;
        }

        return isChanged;
    }

    /// <summary>How many instructions lie between an item's own first one and a label.</summary>
    private uint Distance(int label, int[] positions, int item)
    {
        int target = label == Next ? item + 1 : _labels[label];
        if (target <= item) throw new InvalidOperationException("A jump of classic BPF goes forward, to a label that stands somewhere.");
        return (uint)(positions[target] - positions[item] - 1);
    }

    private readonly record struct Item(ushort Code, uint Value, int WhenTrue, int WhenFalse, int Slot);
}
