using MacvtapTools.Failures;
using static MacvtapTools.Interop.ClassicBpf;
using static MacvtapTools.Protection.BpfAssembler;

namespace MacvtapTools.Protection;

/// <summary>
/// Makes the program of rules. It begins with four loads that do nothing to the frame and say what it is (<see cref="ProtectionHeader"/>). A program ends with "no
/// opinion" (TC_ACT_UNSPEC), so that other filters of the link are asked too, or with "drop" (TC_ACT_SHOT). A load behind the end of a frame would end a program
/// with 0, which lets the frame pass: so the length is compared before each load, and a frame that is too short for what it says it is, is dropped.
/// </summary>
internal sealed partial class ProtectionCompiler
{
    /// <summary>The longest program. The kernel takes 4,096 instructions, but its list of filters (32 KB a message) could not show that many.</summary>
    internal const int LongestProgram = 3900;

    private const uint Drop = Route.TrafficControlCodec.TC_ACT_SHOT;
    private const uint Pass = unchecked((uint)Route.TrafficControlCodec.TC_ACT_UNSPEC);

    private const int LoadWord = BPF_LD | BPF_W | BPF_ABS;
    private const int LoadHalf = BPF_LD | BPF_H | BPF_ABS;
    private const int LoadWordAtX = BPF_LD | BPF_W | BPF_IND;
    private const int LoadHalfAtX = BPF_LD | BPF_H | BPF_IND;
    private const int LoadByteAtX = BPF_LD | BPF_B | BPF_IND;
    private const int LoadLength = BPF_LD | BPF_W | BPF_LEN;
    private const int TakeX = BPF_MISC | BPF_TXA;
    private const int GiveX = BPF_MISC | BPF_TAX;

    private const uint EthernetHeader = 14;
    private const uint LowDestination = 2;
    private const uint HighDestination = 0;
    private const uint LowSource = 8;
    private const uint HighSource = 6;

    private readonly BpfAssembler _code = new();
    private readonly ProtectionShape _shape;
    private readonly uint[] _words;
    private readonly int _pass;
    private readonly int _drop;

    private ProtectionCompiler(ProtectionShape shape, uint[] words)
    {
        _shape = shape;
        _words = words;
        _pass = _code.NewLabel();
        _drop = _code.NewLabel();
    }

    /// <summary>The program of what the guest sends.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: there are more addresses than a program can hold.</exception>
    internal static IReadOnlyList<BpfInstruction> Outgoing(ProtectionRules rules) => Checked(Compile(ProtectionShape.Of(rules, false), ProtectionShape.Words(rules)));

    /// <summary>The program of what comes to the guest.</summary>
    /// <exception cref="MacvtapException">ParameterInvalid: there are more addresses than a program can hold.</exception>
    internal static IReadOnlyList<BpfInstruction> Incoming(ProtectionRules rules) => Checked(Compile(ProtectionShape.Of(rules.Incoming, true), ProtectionShape.Words(rules.Incoming)));

    /// <summary>The program of a shape, however long.</summary>
    internal static BpfProgram Compile(ProtectionShape shape, uint[] words)
    {
        var compiler = new ProtectionCompiler(shape, words);
        compiler.Compile();
        return compiler._code.Assemble();
    }

    private static IReadOnlyList<BpfInstruction> Checked(BpfProgram program) => program.Instructions.Count <= LongestProgram
        ? program.Instructions
        : throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"The rules make a program of {program.Instructions.Count} instructions; {LongestProgram} fit.",
            "A MAC address takes up to 5 instructions, an IPv4 address 4 and an IPv6 address 12: give fewer, or leave one rule out.");

    private void Compile()
    {
        foreach (uint word in ProtectionHeader.Write(_shape)) _code.Do(BPF_LD | BPF_IMM, word);
        _code.Do(LoadLength);
        _code.If(BPF_JGE | BPF_K, EthernetHeader, Next, _drop);
        if (_shape.IsIncoming)
        {
            MatchMacs(LowSource, HighSource, 0 + _shape.FirstSibling, _shape.Siblings, _drop);
        }
        else
        {
            if (_shape.Sources > 0)
            {
                int isKnown = _code.NewLabel();
                MatchMacs(LowSource, HighSource, 0, _shape.Sources, isKnown);
                _code.Do(BPF_RET | BPF_K, Drop);
                _code.Place(isKnown);
            }

            MatchMacs(LowDestination, HighDestination, _shape.FirstSibling, _shape.Siblings, _drop);
            if (_shape.Has(ProtectionFlags.BlockDhcpServer | ProtectionFlags.BlockRouterAdvertisement) || _shape.ArpAddresses > 0 || _shape.NeighbourAddresses > 0) LookInside();
        }

        _code.Place(_pass);
        _code.Do(BPF_RET | BPF_K, Pass);
        _code.Place(_drop);
        _code.Do(BPF_RET | BPF_K, Drop);
    }

    /// <summary>Compares the MAC address at a place with some of the parameters; goes on behind where it is none of them.</summary>
    private void MatchMacs(uint low, uint high, int slot, int count, int whenFound)
    {
        for (int i = 0; i < count; i++, slot += ProtectionShape.MacWords)
        {
            int other = _code.NewLabel();
            _code.Do(LoadWord, low);
            _code.If(BPF_JEQ | BPF_K, _words[slot], Next, other, slot);
            _code.Do(LoadHalf, high);
            _code.If(BPF_JEQ | BPF_K, _words[slot + 1], whenFound, other, slot + 1);
            _code.Place(other);
        }
    }

    /// <summary>Drops the frame where fewer than some bytes are left behind X. X may be behind the end.</summary>
    private void Need(uint bytes)
    {
        _code.Do(LoadLength);
        _code.If(BPF_JGE | BPF_X, 0, Next, _drop);
        _code.Do(BPF_ALU | BPF_SUB | BPF_X);
        _code.If(BPF_JGE | BPF_K, bytes, Next, _drop);
    }
}
