using MacvtapTools.Interop;
using Xunit;

namespace MacvtapTools.Core.Tests.Interop;

/// <summary>What /proc says of a thread and of its user namespace.</summary>
public sealed class ThreadCredentialsTests
{
    private const string Status = "Name:\tpwsh\nUid:\t1000\t1001\t1002\t1003\nGid:\t100\t101\t102\t103\nGroups:\t27 999 \nCapEff:\t0000000000001002\n";

    [Fact]
    public void Files_are_judged_by_the_last_ids_and_capabilities_are_bits()
    {
        ThreadCredentials read = ThreadCredentials.Parse(Status, "         0          0 4294967295\n");
        Assert.Equal(1003u, read.FileUser);
        Assert.Equal([27u, 103u, 999u], read.Groups.Order());
        Assert.True(read.Has(1) && read.Has(12));
        Assert.False(read.Has(0) || read.Has(21));
        Assert.True(read.IsInitialUserNamespace);
    }

    [Theory]
    [InlineData("         0     100000      65536\n", false)]
    [InlineData("         0          0 4294967294\n", false)]
    [InlineData("", false)]
    public void A_user_namespace_of_its_own(string map, bool isInitial) => Assert.Equal(isInitial, ThreadCredentials.Parse(Status, map).IsInitialUserNamespace);

    [Fact]
    public void A_thread_of_the_tests_can_be_read() => Assert.Equal(File.ReadAllText("/proc/self/uid_map").Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["0", "0", "4294967295\n"], ThreadCredentials.Read().IsInitialUserNamespace);

    [Theory]
    [InlineData(0u, true)]
    [InlineData(9u, true)]
    [InlineData(10u, false)]
    [InlineData(999u, false)]
    [InlineData(1000u, true)]
    [InlineData(1001u, false)]
    [InlineData(uint.MaxValue, false)]
    public void A_map_has_the_ids_of_its_ranges(uint id, bool isKnown) => Assert.Equal(isKnown, IdMap.Parse("         0     100000         10\n      1000       1000          1\n").Has(id));
}
