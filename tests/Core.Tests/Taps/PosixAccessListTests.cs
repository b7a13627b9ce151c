using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Core.Tests.Taps;

public sealed class PosixAccessListTests
{
    // Recorded with setfacl -m u:1000:rw on a node of mode 0600: version 2; owner rw, user 1000 rw, group none, mask rw, others none.
    private const string Recorded = "02000000" + "01000600ffffffff" + "02000600e8030000" + "04000000ffffffff" + "10000600ffffffff" + "20000000ffffffff";

    [Fact]
    public void Granting_makes_what_setfacl_makes() =>
        Assert.Equal(Recorded, Hex(PosixAccessList.FromMode(0x180).Grant(PosixAccessList.User, 1000, 6)), ignoreCase: true);

    [Fact]
    public void Revoking_leaves_the_mode_alone_as_it_was()
    {
        PosixAccessList list = PosixAccessList.Read(Convert.FromHexString(Recorded), 0x1B0)!.Revoke(PosixAccessList.User, 1000, 6);

        Assert.Empty(list.Named);
        Assert.Equal(0x180, list.ToMode());
        Assert.Null(list.Permission(PosixAccessList.Mask));
    }

    [Fact]
    public void Less_than_all_can_be_revoked()
    {
        PosixAccessList list = PosixAccessList.FromMode(0x180).Grant(PosixAccessList.User, 7, 6).Grant(PosixAccessList.Group, 8, 4).Revoke(PosixAccessList.User, 7, 2);

        Assert.Equal([(PosixAccessList.User, 7u, 4, 4), (PosixAccessList.Group, 8u, 4, 4)], list.Named);
        Assert.Equal(4, list.Permission(PosixAccessList.Mask));
    }

    [Fact]
    public void What_the_mask_kept_from_others_stays_kept_when_it_grows()
    {
        // As after chmod 0600: the mask is empty, and user 1000 has nothing of what its entry says.
        string masked = Recorded.Replace("10000600", "10000000", StringComparison.Ordinal);

        PosixAccessList list = PosixAccessList.Read(Convert.FromHexString(masked), 0x180)!.Grant(PosixAccessList.User, 2000, 6);

        Assert.Equal([(PosixAccessList.User, 1000u, 0, 0), (PosixAccessList.User, 2000u, 6, 6)], list.Named);
    }

    [Theory]
    [InlineData("03000000")] // another version
    [InlineData("0200")]
    [InlineData("0200000001000600")] // a cut entry
    [InlineData("0200000040000600ffffffff")] // an unknown tag
    [InlineData("0200000001000600ffffffff01000600ffffffff")] // the owner twice
    [InlineData("0200000001000600ffffffff")] // no group, no others
    public void What_is_not_understood_is_not_read(string hex) => Assert.Null(PosixAccessList.Read(Convert.FromHexString(hex), 0x180));

    [Fact]
    public void Without_the_attribute_the_mode_is_the_list() => Assert.Equal(0x1B4, PosixAccessList.Read([], 0x21B4)!.ToMode());

    private static string Hex(PosixAccessList list) => Convert.ToHexString(list.ToBytes());
}
