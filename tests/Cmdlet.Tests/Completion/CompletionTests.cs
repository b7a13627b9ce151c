using System.Management.Automation;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Completion offers what the cmdlet can do something with, as things stand, in the namespace that was typed.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly ScenarioLab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();

    public CompletionTests()
    {
        Requires.Kind("macvtap");
        Requires.Kind("macvlan");
        ShellResult made = _shell.Invoke(_lab.Fill("""
            New-MacvtapLink mvt0 eth0 -Mode Bridge -MacAddress 52:54:00:00:00:01 -NetworkNamespace {ns}
            New-MacvlanLink mvl0 eth0 -Up -NetworkNamespace {ns}
            Enable-Hairpin out1 -NetworkNamespace {ns}
            """));
        Assert.Empty(made.Errors);
    }

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name ", "br0 eth0 lo mvl0 mvt0 out0 out1 p0")]
    [InlineData("Get-Link -NetNS {ns} -Name m", "mvl0 mvt0")]
    [InlineData("Get-Link -Namespace {ns} ", "br0 eth0 lo mvl0 mvt0 out0 out1 p0")]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name eth0,ou", "out0 out1")]
    [InlineData("Get-Link -NetworkNamespace {other} -Name ", "far0 far1 lo")]
    [InlineData("Get-Link -NetworkNamespace nope-{ns} -Name ", "")]
    [InlineData("Get-Link -NetworkNamespace {ns} -LowerDevice ", "br0 eth0 out0")]
    [InlineData("Set-LinkMode -NetworkNamespace {ns} -Name ", "mvl0 mvt0")]
    [InlineData("Get-TapDevice -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Grant-TapDevice -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Repair-TapDevice -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Grant-TapDevice mvt0 -User roo", "root")]
    [InlineData("Revoke-TapDevice mvt0 -Group roo", "root")]
    [InlineData("Enable-Link -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Disable-Link -NetworkNamespace {ns} -Name ", "br0 eth0 lo mvl0 out0 out1 p0")]
    [InlineData("Remove-Link -NetworkNamespace {ns} -Name ", "br0 eth0 mvl0 mvt0 out0 out1 p0")]
    [InlineData("Get-BridgePort -NetworkNamespace {ns} -Name ", "out1 p0")]
    [InlineData("Get-BridgePort -NetworkNamespace {ns} -Bridge ", "br0")]
    [InlineData("Remove-BridgePort -NetworkNamespace {ns} -Name ", "out1 p0")]
    [InlineData("Enable-Hairpin -NetworkNamespace {ns} -Name ", "p0")]
    [InlineData("Disable-Hairpin -NetworkNamespace {ns} -Name ", "out1")]
    [InlineData("Add-BridgePort -NetworkNamespace {ns} -Bridge ", "br0")]
    [InlineData("Add-BridgePort -NetworkNamespace {ns} -Name ", "eth0 mvl0 out0")]
    [InlineData("New-MacvtapLink new -NetworkNamespace {ns} -LowerDevice ", "br0 eth0 out0")]
    [InlineData("New-MacvlanLink new -NetworkNamespace {ns} -LowerDevice e", "eth0")]
    [InlineData("Get-Link -Kind macv", "macvlan macvtap")]
    [InlineData("New-MacvtapLink new eth0 -Mode P", "Passthru Private")]
    [InlineData("Set-LinkMode mvt0 -Mode ", "Bridge Passthru Private Source Vepa")]
    public void Offers(string line, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Complete(line).Select(c => c.ListItemText).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-BridgePort -NetworkNamespace {ns} -OpenVswitchDatabase {ovs} -Name ", "far3 out1 p0 sw1")]
    [InlineData("Get-BridgePort -NetworkNamespace {ns} -OpenVswitchDatabase {ovs} -Bridge ", "br0 ovs0")]
    [InlineData("Enable-Hairpin -NetworkNamespace {ns} -OpenVswitchDatabase {ovs} -Name ", "far3 p0 sw1")]
    public void Offers_ports_of_Open_vSwitch(string line, string expected)
    {
        OpenVswitch.Require();
        Offers(line, expected);
    }

    [Theory]
    [InlineData("ConvertTo-LibvirtXml mvt0 -Model e1", "e1000 e1000e")]
    [InlineData("ConvertTo-UmlArgument mvt0 -Transport ", "Bess Fd Raw Tap")]
    public void Offers_for_guests(string line, string expected) => Offers(line, expected);

    [Theory]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name mvt", "macvtap on eth0, Bridge, ")]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name mvt", "52:54:00:00:00:01")]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name eth0", "10: veth, peer p0, Up, 02:00:00:00:10:00")]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name p0", "11: veth, peer eth0, port of br0, Up")]
    [InlineData("Get-Link -NetworkNamespace {ns} -Name br", "12: bridge")]
    [InlineData("Get-Link -NetworkNamespace {n", "inode")]
    [InlineData("Grant-TapDevice mvt0 -User roo", "user 0")]
    [InlineData("Grant-TapDevice mvt0 -Group roo", "group 0")]
    public void Tooltips_say_what_it_is(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(Complete(line.Replace("{n", line.EndsWith("{n", StringComparison.Ordinal) ? _lab.Namespace : "{n", StringComparison.Ordinal)), c => c.ListItemText.Length > 0).ToolTip, StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-Link -NetworkNamespace ")]
    [InlineData("New-MacvtapLink a eth0 -NetNS ")]
    [InlineData("New-VethLink a b -PeerNetworkNamespace ")]
    [InlineData("Get-NetworkNamespace ")]
    [InlineData("Remove-NetworkNamespace -Name ")]
    public void Names_of_namespaces_are_offered(string line) => Assert.Contains(Complete(line), c => c.CompletionText == _lab.Namespace);

    [Fact]
    public void A_name_that_the_shell_would_take_apart_is_quoted()
    {
        Programs.Run("ip", "-n", _lab.Namespace, "link", "add", "a;b", "type", "bridge");
        Assert.Equal("'a;b'", Assert.Single(Complete("Get-Link -NetworkNamespace {ns} -Name a")).CompletionText);
    }

    [Fact]
    public void Every_cmdlet_is_offered_by_name() =>
        Assert.All(ShippedModule.Cmdlets.Keys, name => Assert.Contains(_shell.Complete(name[..^2]), c => c.CompletionText == name));

    private IReadOnlyList<CompletionResult> Complete(string line) => _shell.Complete(_lab.Fill(line));
}
