using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Core.Tests.Taps;

public sealed class TapNodeStatusTests
{
    private static readonly DeviceNumber _device = new(246, 1);

    [Theory]
    [InlineData(246u, 1u, true, TapDeviceState.Ready)]
    [InlineData(246u, 1u, false, TapDeviceState.NoAccess)]
    [InlineData(246u, 2u, true, TapDeviceState.Shadowed)]
    [InlineData(247u, 1u, true, TapDeviceState.Shadowed)]
    [InlineData(1u, 246u, true, TapDeviceState.Shadowed)]
    public void A_character_device_is_judged_by_its_number_and_then_by_access(uint major, uint minor, bool mayAccess, TapDeviceState expected) =>
        Assert.Equal(expected, TapNodeStatus.Judge(_device, new TapNodeStatus(new DeviceNumber(major, minor), 0, 0, 0x2180), () => mayAccess));

    [Fact]
    public void Nothing_is_missing_and_a_file_is_no_device()
    {
        Assert.Equal(TapDeviceState.Missing, TapNodeStatus.Judge(_device, null, () => true));
        Assert.Equal(TapDeviceState.NotADevice, TapNodeStatus.Judge(_device, new TapNodeStatus(null, 0, 0, 0x81A4), () => true));
    }

    [Fact]
    public void Access_is_not_asked_for_anothers_node() =>
        Assert.Equal(
            TapDeviceState.Shadowed,
            TapNodeStatus.Judge(_device, new TapNodeStatus(new DeviceNumber(246, 9), 0, 0, 0x2180), () => throw new InvalidOperationException()));

    [Theory]
    [InlineData("0", "---------")]
    [InlineData("600", "rw-------")]
    [InlineData("660", "rw-rw----")]
    [InlineData("777", "rwxrwxrwx")]
    [InlineData("421", "r---w---x")]
    [InlineData("20640", "rw-r-----")]
    [InlineData("7777", "rwsrwsrwt")]
    [InlineData("7666", "rwSrwSrwT")]
    [InlineData("4755", "rwsr-xr-x")]
    public void Permission_reads_as_ls_writes_it(string octal, string expected) =>
        Assert.Equal(expected, TapNodeStatus.PermissionText(Convert.ToInt32(octal, 8)));
}
