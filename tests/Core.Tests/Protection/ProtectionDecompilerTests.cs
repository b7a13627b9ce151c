using MacvtapTools.Protection;
using Xunit;

namespace MacvtapTools.Tests.Protection;

public sealed class ProtectionDecompilerTests
{
    [Fact]
    public void Any_rules_come_back_from_their_programs()
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            ProtectionRules rules = Rules(random);
            ProtectionRules outgoing = ProtectionDecompiler.Read(Again(ProtectionCompiler.Outgoing(rules)), false)!;
            Assert.Equal(ProtectionShape.Of(rules, false), ProtectionShape.Of(outgoing, false));
            Assert.Equal(ProtectionShape.Words(rules), ProtectionShape.Words(outgoing));
            ProtectionRules incoming = ProtectionDecompiler.Read(Again(ProtectionCompiler.Incoming(rules)), true)!;
            Assert.Equal(rules.Siblings, incoming.Siblings);
            Assert.Null(ProtectionDecompiler.Read(ProtectionCompiler.Outgoing(rules), true));
            Assert.Null(ProtectionDecompiler.Read(ProtectionCompiler.Incoming(rules), false));
        }
    }

    /// <summary>A change of any instruction is either noticed, or another valid program of ours, that then says what it does.</summary>
    [Fact]
    public void A_damaged_program_is_told_apart()
    {
        var random = new Random(2);
        int told = 0;
        for (int i = 0; i < 300; i++)
        {
            ProtectionRules rules = Rules(random);
            BpfInstruction[] program = [.. ProtectionCompiler.Outgoing(rules)];
            int place = random.Next(program.Length);
            BpfInstruction old = program[place];
            program[place] = random.Next(4) switch
            {
                0 => old with { Code = (ushort)(old.Code ^ (1 << random.Next(8))) },
                1 => old with { JumpTrue = (byte)(old.JumpTrue ^ (1 << random.Next(8))) },
                2 => old with { JumpFalse = (byte)(old.JumpFalse ^ (1 << random.Next(8))) },
                _ => old with { Value = old.Value ^ (1u << random.Next(32)) },
            };
            ProtectionRules? read = ProtectionDecompiler.Read(program, false);
            if (read is null) told++;
            else Assert.Equal(program, ProtectionCompiler.Outgoing(read));
        }

        Assert.True(told > 200, $"{told} of 300 were told apart.");
    }

    [Fact]
    public void A_foreign_program_is_told_apart()
    {
        Assert.Null(ProtectionDecompiler.Read([], false));
        Assert.Null(ProtectionDecompiler.Read([new BpfInstruction(6, 0, 0, 0)], false));
        BpfInstruction[] lying = [new(0, 0, 0, ProtectionHeader.Mark), new(0, 0, 0, 0x0100_0000), new(0, 0, 0, uint.MaxValue), new(0, 0, 0, uint.MaxValue), new(6, 0, 0, 0)];
        Assert.Null(ProtectionDecompiler.Read(lying, false));
        BpfInstruction[] program = [.. ProtectionCompiler.Outgoing(new ProtectionRules { BlockDhcpServer = true })];
        Assert.Null(ProtectionDecompiler.Read(program[..^1], false));
        Assert.Null(ProtectionDecompiler.Read([.. program, new BpfInstruction(6, 0, 0, 0)], false));
        Assert.NotNull(ProtectionDecompiler.Read(program, false));
    }

    private static BpfInstruction[] Again(IReadOnlyList<BpfInstruction> program) => BpfInstruction.FromBytes(BpfInstruction.ToBytes(program));

    private static ProtectionRules Rules(Random random)
    {
        bool isolate = random.Next(2) == 0;
        return new ProtectionRules
        {
            Sources = Many(Mac),
            Isolate = isolate,
            Siblings = isolate ? Many(Mac) : [],
            BlockDhcpServer = random.Next(2) == 0,
            BlockRouterAdvertisement = random.Next(2) == 0,
            ArpAddresses = Many(() => (uint)random.NextInt64()),
            NeighbourAddresses = Many(() => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())),
            OwnsHook = random.Next(2) == 0,
        };

        ulong Mac() => (ulong)random.NextInt64() & 0xffff_ffff_ffff;

        T[] Many<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(80) : random.Next(3)).Select(_ => make())];
    }
}
