using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>A caller without CAP_NET_ADMIN: each writer says beforehand that the kernel would refuse, and the kernel does.</summary>
public sealed class WithoutRightsTests
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Tap = "New-MacvtapLink a eth0 -InterfaceIndex {i1} -NetworkNamespace {ns} | Out-Null";
    private const string Source = "New-MacvlanLink a eth0 -Mode Source -SourceAddress 02:00:00:00:00:01 -NetworkNamespace {ns} | Out-Null";
    private const string Address = "Add-LinkAddress out0 192.0.2.1/24 -NetworkNamespace {ns}";

    /// <summary>What is prepared with rights, and the request.</summary>
    public static TheoryData<string, string> Requests => new()
    {
        { "", "New-MacvtapLink a eth0" },
        { "", "New-MacvlanLink a eth0 -Up" },
        { "", "New-VethLink a b" },
        { "", "New-BridgeLink b" },
        { "", "Set-Link out0 -Mtu 1400" },
        { "", "Set-Link out0 -Alias x -Mtu 1400" },
        { "", "Set-BridgeLink br0 -SpanningTree $true" },
        { Tap, "Set-LinkMode a Bridge" },
        { "", "Enable-Link out0" },
        { "", "Disable-Link out0" },
        { "", "Rename-Link out0 wan" },
        { "", "Move-Link out0 {other}" },
        { "", "Remove-Link out0" },
        { "", "Add-LinkAlternativeName out0 wan" },
        { "Add-LinkAlternativeName out0 wan" + Here, "Remove-LinkAlternativeName out0 wan" },
        { Source, "Add-LinkSourceAddress a 02:00:00:00:00:09" },
        { Source, "Remove-LinkSourceAddress a 02:00:00:00:00:01" },
        { Source, "Clear-LinkSourceAddress a" },
        { "", "Add-LinkMulticastGroup eth0 mDNS" },
        { "Add-LinkMulticastGroup eth0 mDNS" + Here, "Remove-LinkMulticastGroup eth0 mDNS" },
        { "", "Add-BridgePort out0 br0" },
        { "", "Set-BridgePort p0 -Cost 7" },
        { "", "Remove-BridgePort p0" },
        { "", "Clear-BridgePortAddress p0" },
        { "", "Enable-Hairpin p0" },
        { "", "Disable-Hairpin p0" },
        { "", "Add-LinkAddress out0 192.0.2.1/24" },
        { Address, "Remove-LinkAddress out0 192.0.2.1/24" },
        { "", "Add-LinkRoute out0 198.51.100.0/24" },
        { "Add-LinkRoute out0 198.51.100.0/24" + Here, "Remove-LinkRoute out0 198.51.100.0/24" },
        { "", "Set-LinkForwarding out0 -IPv4Forwarding $true" },
        { Tap, "Protect-Link a -BlockDhcpServer" },
        { Tap + "; Protect-Link a -BlockDhcpServer" + Here, "Protect-Link a -BlockRouterAdvertisement" },
        { Tap + "; Protect-Link a -BlockDhcpServer" + Here, "Unprotect-Link a" },
        { "", "New-ReflectiveRelay r0" },
        { "", "New-HostLink h eth0" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Is_denied_beforehand_as_it_is_denied(string prepare, string request)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        Preparation.Run(shell, lab, prepare);
        string line = lab.Fill(request + Here);
        ErrorRecord? said = null;
        ErrorRecord? happened = null;
        WithoutCapability.Run(() =>
        {
            said = Assert.Single(shell.Invoke(line + " -WhatIf").Errors);
            happened = Assert.Single(shell.Invoke(line).Errors);
        });
        var (beforehand, denied) = ((MacvtapException)said!.Exception, (MacvtapException)happened!.Exception);
        Assert.Equal((FailureId.AccessDenied, true), (beforehand.Id, beforehand.IsPredicted));
        Assert.True(denied.Cause is FailureCause.CapabilityMissing or FailureCause.CapabilityMissingInEither, $"{denied.Cause}: {denied.Message}");
        Assert.Equal((denied.Id, denied.Cause, denied.Errno, denied.Message, denied.Advice), (beforehand.Id, beforehand.Cause, beforehand.Errno, beforehand.Message, beforehand.Advice));
    }

    [Fact]
    public void Two_namespaces_need_it_in_both()
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        string line = lab.Fill("New-MacvtapLink a far0 -LowerDeviceNamespace {other} -NetworkNamespace {ns}");
        WithoutCapability.Run(() => Assert.All([line + " -WhatIf", line], l => Assert.Equal(FailureCause.CapabilityMissingInEither, ((MacvtapException)Assert.Single(shell.Invoke(l).Errors).Exception).Cause)));
    }
}
