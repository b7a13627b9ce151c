using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The three ways to say which links are meant have exactly the design's shape: near variants bind wrongly in a real shell.</summary>
public sealed class IdentityTests
{
    public static TheoryData<string> Cmdlets =>
    [
        "Add-BridgePort", "Add-LinkAddress", "Add-LinkAlternativeName", "Add-LinkMulticastGroup", "Add-LinkRoute", "Add-LinkSourceAddress", "Clear-BridgePortAddress",
        "Clear-LinkSourceAddress", "Disable-Hairpin", "Disable-Link", "Enable-Hairpin", "Enable-Link", "Get-BridgePort", "Get-Link", "Get-LinkAddress", "Get-LinkAdvice",
        "Get-LinkForwarding", "Get-LinkMulticastGroup", "Get-LinkProtection", "Get-LinkRoute", "Get-LinkStatistics", "Get-TapDevice", "Grant-TapDevice",
        "Measure-LinkRate", "Move-Link", "Open-TapDevice", "Protect-Link", "Receive-TapFrame", "Remove-BridgePort", "Remove-Link", "Remove-LinkAddress",
        "Remove-LinkAlternativeName", "Remove-LinkMulticastGroup",
        "Remove-LinkRoute", "Remove-LinkSourceAddress", "Remove-TapDeviceNode", "Rename-Link", "Repair-TapDevice", "Revoke-TapDevice", "Set-BridgeLink", "Set-BridgePort",
        "Set-Link", "Set-LinkForwarding", "Set-LinkMode", "Unprotect-Link", "Wait-TapDevice", "Watch-LinkFrame",
    ];

    [Fact]
    public void These_are_all_that_have_an_InputObject_besides_those_that_take_nothing_else() =>
        Assert.Equal(Cmdlets.Select(r => r.Data), ShippedModule.Cmdlets.Where(c => c.Value.GetProperty("InputObject") is not null && c.Key is not ("Close-TapDevice" or "Stop-TapProcess" or "Stop-TapRelay" or "Wait-TapProcess")).Select(c => c.Key));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void ByName_is_the_default(string name) => Assert.Equal("ByName", ShippedModule.Cmdlets[name].GetCustomAttribute<CmdletAttribute>()!.DefaultParameterSetName);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Name(string name)
    {
        (PropertyInfo parameter, ParameterAttribute attribute) = Find(name, "Name");
        Assert.Equal(typeof(string[]), parameter.PropertyType);
        Assert.Equal(("ByName", 0, true, true), (attribute.ParameterSetName, attribute.Position, attribute.ValueFromPipeline, attribute.ValueFromPipelineByPropertyName));
        Assert.Equal(name.Split('-')[0] is not ("Get" or "Measure"), attribute.Mandatory);
        Assert.Equal(["IfName", "InterfaceAlias"], parameter.GetCustomAttribute<AliasAttribute>()!.AliasNames);
        Assert.NotNull(parameter.GetCustomAttribute<SupportsWildcardsAttribute>());
        Assert.Equal("LinkNameCompleter", parameter.GetCustomAttribute<ArgumentCompleterAttribute>()!.Type!.Name);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void InterfaceIndex(string name)
    {
        (PropertyInfo parameter, ParameterAttribute attribute) = Find(name, "InterfaceIndex");
        Assert.Equal(typeof(int[]), parameter.PropertyType);
        Assert.Equal(("ByIndex", int.MinValue, false, true, true), (attribute.ParameterSetName, attribute.Position, attribute.ValueFromPipeline, attribute.ValueFromPipelineByPropertyName, attribute.Mandatory));
        Assert.Equal(["ifIndex"], parameter.GetCustomAttribute<AliasAttribute>()!.AliasNames);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void InputObject(string name)
    {
        (PropertyInfo parameter, ParameterAttribute attribute) = Find(name, "InputObject");
        Type expected = name switch
        {
            "Remove-LinkAddress" => typeof(LinkAddress[]),
            "Remove-LinkMulticastGroup" => typeof(LinkMulticastGroup[]),
            "Remove-LinkRoute" => typeof(LinkRoute[]),
            "Enable-Hairpin" or "Disable-Hairpin" or "Get-BridgePort" or "Clear-BridgePortAddress" or "Remove-BridgePort" or "Set-BridgePort" => typeof(BridgePort[]),
            "Grant-TapDevice" or "Remove-TapDeviceNode" or "Repair-TapDevice" or "Revoke-TapDevice" or "Wait-TapDevice" => typeof(TapDevice[]),
            _ => typeof(Link[]),
        };
        Assert.Equal(expected, parameter.PropertyType);
        Assert.Equal(("InputObject", int.MinValue, true, false, true), (attribute.ParameterSetName, attribute.Position, attribute.ValueFromPipeline, attribute.ValueFromPipelineByPropertyName, attribute.Mandatory));
        Assert.Null(parameter.GetCustomAttribute<AliasAttribute>());
    }

    private static (PropertyInfo, ParameterAttribute) Find(string cmdlet, string parameter)
    {
        PropertyInfo found = ShippedModule.Cmdlets[cmdlet].GetProperty(parameter)!;
        return (found, Assert.Single(found.GetCustomAttributes<ParameterAttribute>()));
    }
}
