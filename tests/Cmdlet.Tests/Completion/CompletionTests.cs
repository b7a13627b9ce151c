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
    [InlineData("Get-Link -NetworkNamespace {ns} -LowerDevice ", "eth0")]
    [InlineData("Test-LinkReachability -NetworkNamespace {ns} -LowerDevice ", "eth0")]
    [InlineData("Test-LinkReachability -NetworkNamespace {ns} -From ", "Host Outside mvl0 mvt0")]
    [InlineData("Test-LinkReachability mvt0 -NetworkNamespace {ns} -To ", "Host Outside mvl0")]
    [InlineData("Trace-LinkPath -To Host -NetworkNamespace {ns} -From ", "Outside mvl0 mvt0")]
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
    [InlineData("Add-BridgePort -NetworkNamespace {ns} -Name ", "mvl0 out0")]
    [InlineData("New-ReflectiveRelay new -NetworkNamespace {ns} -Uplink ", "mvl0 out0")]
    [InlineData("New-ReflectiveRelay new -NetworkNamespace {ns} -Bridge ", "br0")]
    [InlineData("Set-BridgePort -NetworkNamespace {ns} -Name ", "out1 p0")]
    [InlineData("Set-BridgePort p0 -NetworkNamespace {ns} -BackupPort ", "out1")]
    [InlineData("Clear-BridgePortAddress -NetworkNamespace {ns} -Name ", "out1 p0")]
    [InlineData("Set-BridgeLink -NetworkNamespace {ns} -Name ", "br0")]
    [InlineData("Set-Link eth0 -NetworkNamespace {ns} -Master ", "br0")]
    [InlineData("Move-Link -NetworkNamespace {ns} -Name ", "eth0 mvl0 mvt0 out0 out1 p0")]
    [InlineData("Start-TapProcess true -NetworkNamespace {ns} -TapDevice ", "mvt0")]
    [InlineData("Receive-TapFrame -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Send-TapFrame -NetworkNamespace {ns} -Tap ", "mvt0")]
    [InlineData("Wait-TapDevice -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("ConvertTo-LibvirtXml -NetworkNamespace {ns} -Link ", "br0 eth0 mvl0 mvt0 out0 out1 p0")]
    [InlineData("New-MacvtapLink new -NetworkNamespace {ns} -LowerDevice ", "br0 eth0 out0")]
    [InlineData("New-MacvlanLink new -NetworkNamespace {ns} -LowerDevice e", "eth0")]
    [InlineData("New-MacvtapLink new -NetworkNamespace {ns} -Mode Passthru -LowerDevice ", "br0 out0")]
    [InlineData("New-MacvtapLink new -NetworkNamespace {other} -LowerDeviceNamespace {ns} -LowerDevice ", "br0 eth0 out0")]
    [InlineData("New-HostLink new -NetworkNamespace {ns} -LowerDevice ", "br0 eth0 out0")]
    [InlineData("New-TapLink new -Owner roo", "root")]
    [InlineData("New-TapLink new -Group roo", "root")]
    [InlineData("New-MacvtapLink -NetworkNamespace {ns} -Name ", "mvt1")]
    [InlineData("New-MacvtapLink -NetworkNamespace {ns} -Name out", "out2")]
    [InlineData("New-MacvtapLink -NetworkNamespace {ns} -Name web7", "")]
    [InlineData("New-MacvtapLink -NetworkNamespace {ns} -Name abcdefghijklmno", "")]
    [InlineData("New-MacvlanLink -NetworkNamespace {other} -Name ", "mvl0")]
    [InlineData("New-TapLink -NetworkNamespace {ns} -Name ", "tap0")]
    [InlineData("New-VethLink -NetworkNamespace {ns} -Name ", "veth0")]
    [InlineData("New-VethLink veth0 -NetworkNamespace {ns} -PeerName ", "veth1")]
    [InlineData("New-VethLink far2 -NetworkNamespace {ns} -PeerNetworkNamespace {other} -PeerName far", "far3")]
    [InlineData("New-BridgeLink -NetworkNamespace {ns} -Name ", "br1")]
    [InlineData("Rename-Link mvt0 -NetworkNamespace {ns} -NewName guest", "guest0")]
    [InlineData("Move-Link mvt0 {other} -NetworkNamespace {ns} -NewName far", "far2")]
    [InlineData("Set-Link mvt0 -NetworkNamespace {ns} -Mtu ", "1280 1500 65535 9000")]
    [InlineData("New-MacvtapLink new -Mtu 1", "1280 1500")]
    [InlineData("New-MacvtapLink new -MacAddress 00", "")]
    [InlineData("Get-Link -Kind macv", "macvlan macvtap")]
    [InlineData("Get-Link -Kind veth,macv", "macvlan macvtap")]
    [InlineData("Get-LinkRoute -Table ", "all default local main")]
    [InlineData("Add-LinkRoute eth0 default -Table ", "default local main")]
    [InlineData("Remove-LinkRoute eth0 default -Table m", "main")]
    [InlineData("New-MacvtapLink new eth0 -Mode P", "Passthru Private")]
    [InlineData("Set-LinkMode mvt0 -Mode ", "Bridge Passthru Private Source Vepa")]
    public void Offers(string line, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Complete(line).Select(c => c.ListItemText).Order(StringComparer.Ordinal));

    /// <summary>What the links have at this moment.</summary>
    [Theory]
    [InlineData("New-MacvtapLink pt0 out0 -Mode Passthru -NetworkNamespace {ns}", "New-MacvtapLink new -NetworkNamespace {ns} -LowerDevice ", "br0 eth0")]
    [InlineData("Enable-Link mvt0 -NetworkNamespace {ns}", "Enable-Link -NetworkNamespace {ns} -Name ", "")]
    [InlineData("New-TapLink tap0 -NetworkNamespace {ns}; New-TapLink tun0 -Mode Tun -NetworkNamespace {ns}", "Get-TapDevice -NetworkNamespace {ns} -Name ", "mvt0 tap0 tun0")]
    [InlineData("New-TapLink tap0 -NetworkNamespace {ns}; New-TapLink tun0 -Mode Tun -NetworkNamespace {ns}", "Receive-TapFrame -NetworkNamespace {ns} -Name ", "mvt0 tap0")]
    [InlineData("Set-LinkMode mvl0 Source -SourceAddress 525400110001, 525400110002 -NetworkNamespace {ns}", "Remove-LinkSourceAddress mvl0 -NetworkNamespace {ns} -SourceAddress ", "52:54:00:11:00:01 52:54:00:11:00:02")]
    [InlineData("Set-LinkMode mvl0 Source -SourceAddress 525400110001, 525400110002 -NetworkNamespace {ns}", "Remove-LinkSourceAddress mvl* -NetworkNamespace {ns} -SourceAddress 52:54:00:11:00:01,52:54:00:11:00:02", "52:54:00:11:00:02")]
    [InlineData("Set-LinkMode mvl0 Source -SourceAddress 525400110001 -NetworkNamespace {ns}", "Remove-LinkSourceAddress -NetworkNamespace {ns} -Name ", "mvl0")]
    [InlineData("Set-LinkMode mvl0 Source -SourceAddress 525400110001 -NetworkNamespace {ns}", "Add-LinkSourceAddress -NetworkNamespace {ns} -Name ", "mvl0")]
    [InlineData("Set-LinkMode mvl0 Source -SourceAddress 525400110001 -NetworkNamespace {ns}", "Add-LinkSourceAddress mvl0 -NetworkNamespace {ns} -SourceAddress ", "")]
    [InlineData("Protect-Link mvt0 -AllowSourceAddress Own -NetworkNamespace {ns}", "Unprotect-Link -NetworkNamespace {ns} -Name ", "mvt0")]
    [InlineData("Protect-Link mvt0 -AllowSourceAddress Own -NetworkNamespace {ns}", "Protect-Link -NetworkNamespace {ns} -Name ", "mvl0 mvt0")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "Remove-LinkAlternativeName eth0 -NetworkNamespace {ns} -AlternativeName ", "office uplink")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "Remove-LinkAlternativeName -NetworkNamespace {ns} -Name ", "eth0")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "Add-LinkAlternativeName eth0 -NetworkNamespace {ns} -AlternativeName ", "")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "Get-Link -NetworkNamespace {ns} -Name up", "uplink")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "Get-Link -NetworkNamespace {ns} -Name e", "eth0")]
    [InlineData("Add-LinkAlternativeName eth0 uplink, office -NetworkNamespace {ns}", "New-MacvtapLink new -NetworkNamespace {ns} -LowerDevice off", "office")]
    [InlineData("Add-LinkAddress eth0 10.0.0.1/24, fd00::1/64 -NetworkNamespace {ns}", "Remove-LinkAddress eth0 -NetworkNamespace {ns} -Address 1", "10.0.0.1/24")]
    [InlineData("Add-LinkAddress eth0 10.0.0.1/24 -NetworkNamespace {ns}; Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.2 -NetworkNamespace {ns}", "Remove-LinkRoute eth0 -NetworkNamespace {ns} -Destination 10", "10.0.0.0/24 10.1.0.0/16")]
    [InlineData("Add-LinkAddress eth0 10.0.0.1/24 -NetworkNamespace {ns}; Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.2 -NetworkNamespace {ns}", "Get-LinkRoute -NetworkNamespace {ns} -Destination 10.1", "10.1.0.0/16")]
    [InlineData("Add-LinkAddress eth0 10.0.0.1/24 -NetworkNamespace {ns}; Add-LinkRoute eth0 10.1.0.0/16 -Gateway 10.0.0.2 -Table 99 -NetworkNamespace {ns}", "Remove-LinkRoute eth0 -Table 99 -NetworkNamespace {ns} -Destination ", "10.1.0.0/16")]
    [InlineData("Add-LinkMulticastGroup eth0 mDNS, 01:00:5e:01:02:03 -NetworkNamespace {ns}", "Remove-LinkMulticastGroup eth0 -NetworkNamespace {ns} -MacAddress ", "01:00:5e:01:02:03 mDNS")]
    [InlineData("Add-LinkMulticastGroup eth0 mDNS -NetworkNamespace {ns}", "Remove-LinkMulticastGroup eth0 -Force -NetworkNamespace {ns} -MacAddress All", "AllHosts")]
    public void Offers_after(string before, string line, string expected)
    {
        if (before.Contains("New-TapLink", StringComparison.Ordinal) && !File.Exists("/dev/net/tun")) Assert.Skip("There is no /dev/net/tun here, so no classic tap can be made.");
        Assert.Empty(_shell.Invoke(_lab.Fill(before)).Errors);
        Offers(line, expected);
    }

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

    /// <summary>What is offered for a link means that link, and nothing else.</summary>
    [Theory]
    [InlineData("a;b", "'a;b'", "'a;b'")]
    [InlineData("it's", "'it''s'", "'it''s'")]
    [InlineData("x[1]", "'x`[1`]'", "'x[1]'")]
    [InlineData("x*", "'x`*'", "'x*'")]
    [InlineData("-v", "'-v'", "'-v'")]
    [InlineData("5", "'5'", "'5'")]
    public void A_name_that_the_shell_would_take_apart_is_quoted_and_one_that_would_be_a_pattern_escaped(string name, string asName, string asReference)
    {
        Programs.Run("ip", "-n", _lab.Namespace, "link", "add", "name", name, "type", "bridge");
        Assert.Equal(asName, Assert.Single(Complete("Get-Link -NetworkNamespace {ns} -Name "), c => c.ListItemText == name).CompletionText);
        string reference = Assert.Single(Complete("New-MacvlanLink new -NetworkNamespace {ns} -LowerDevice "), c => c.ListItemText == name).CompletionText;
        Assert.Equal(asReference, reference);
        Assert.Equal(name, Assert.Single(_shell.Invoke(_lab.Fill($"Get-Link -NetworkNamespace {{ns}} -Name {asName} | ForEach-Object Name")).Output)!.ToString());
        Assert.Equal(name, Assert.Single(_shell.Invoke(_lab.Fill($"New-MacvlanLink new {reference} -NetworkNamespace {{ns}} | ForEach-Object LowerDevice")).Output)!.ToString());
    }

    [Fact]
    public void A_new_address_is_one_of_a_guests_and_another_one_each_time()
    {
        string[] offers = [.. Enumerable.Range(0, 2).Select(_ => Assert.Single(Complete("New-MacvtapLink new eth0 -NetworkNamespace {ns} -MacAddress ")).CompletionText)];
        Assert.All(offers, o => Assert.Matches("^52:54:00(:[0-9a-f]{2}){3}$", o));
        Assert.NotEqual(offers[0], offers[1]);
    }

    [Fact]
    public void An_open_bracket_is_no_mistake() => Assert.Empty(Complete("Get-Link -NetworkNamespace {ns} -Name m["));

    /// <summary>Names and accounts are offered wherever there is a parameter for them, unless it is for a new name.</summary>
    [Fact]
    public void Every_parameter_for_something_that_is_there_completes()
    {
        string[] parameters = ["Name", "LowerDevice", "Bridge", "Master", "TapDevice", "Tap", "Peer", "Uplink", "BackupPort", "From", "To", "User", "Group", "Owner", "NetworkNamespace", "LowerDeviceNamespace", "PeerNetworkNamespace", "Destination"];
        string[] except = ["Add-LinkRoute -Destination", "Add-LinkAddress -Peer", "Open-TapDevice -TapDevice", .. ShippedModule.Cmdlets.Keys.Where(c => c.StartsWith("New-", StringComparison.Ordinal)).Select(c => $"{c} -Name")];
        IEnumerable<(string Cmdlet, System.Reflection.PropertyInfo Parameter)> all = ShippedModule.Cmdlets.SelectMany(c => c.Value.GetProperties().Where(p => p.GetCustomAttributes(typeof(ParameterAttribute), true).Length > 0).Select(p => (c.Key, p)));
        Assert.All(all.Where(p => parameters.Contains(p.Parameter.Name) && !except.Contains($"{p.Cmdlet} -{p.Parameter.Name}") && !IsNumberOrAddress(p.Parameter)), p =>
            Assert.True(p.Parameter.IsDefined(typeof(ArgumentCompleterAttribute), true), $"{p.Cmdlet} -{p.Parameter.Name}"));

        static bool IsNumberOrAddress(System.Reflection.PropertyInfo parameter) =>
            parameter.PropertyType == typeof(int?) || parameter.PropertyType == typeof(int) || (parameter.Name == "Destination" && parameter.DeclaringType!.Name.Contains("Frame", StringComparison.Ordinal));
    }

    /// <summary>The rules of what links fit are about cmdlets and parameters that there are.</summary>
    [Fact]
    public void Every_rule_is_about_a_cmdlet_and_a_parameter()
    {
        var rules = (System.Collections.IDictionary)ShippedModule.Assembly.GetType("MacvtapTools.Completion.AcceptedLinks", throwOnError: true)!
            .GetField("_rules", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.GetValue(null)!;
        Assert.All(rules.Keys.Cast<string>(), key =>
        {
            string[] parts = key.Split(" -");
            string? cmdlet = key.StartsWith('-') ? null : parts[0];
            string parameter = key.StartsWith('-') ? key[1..] : parts.ElementAtOrDefault(1) ?? "Name";
            Assert.Contains(ShippedModule.Cmdlets, c => (cmdlet is null || c.Key == cmdlet) && c.Value.GetProperty(parameter) is { } p && p.IsDefined(typeof(ArgumentCompleterAttribute), true));
        });
    }

    [Fact]
    public void Every_cmdlet_is_offered_by_name() =>
        Assert.All(ShippedModule.Cmdlets.Keys, name => Assert.Contains(_shell.Complete(name[..^2]), c => c.CompletionText == name));

    private IReadOnlyList<CompletionResult> Complete(string line) => _shell.Complete(_lab.Fill(line));
}
