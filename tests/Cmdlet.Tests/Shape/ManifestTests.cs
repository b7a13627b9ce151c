using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The manifest and the cmdlet classes agree, and every cmdlet keeps the conventions of the design.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Cmdlets => [.. ShippedModule.Cmdlets.Keys];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlet_classes() => Assert.Equal(ShippedModule.Cmdlets.Keys, ShippedModule.Manifest.CmdletsToExport.Order(StringComparer.Ordinal));

    [Fact]
    public void The_manifest_exports_no_wildcards() => Assert.DoesNotContain(ShippedModule.Manifest.CmdletsToExport.Concat(ShippedModule.Manifest.AliasesToExport), n => n.Contains('*', StringComparison.Ordinal));

    [Fact]
    public void What_the_manifest_names_is_there() =>
        Assert.All([ShippedModule.Manifest.RootModule, .. ShippedModule.Manifest.FormatsToProcess, .. ShippedModule.Manifest.TypesToProcess], f => Assert.True(File.Exists(f), f));

    /// <summary>Verbs that change nothing of the system: opening and closing a descriptor of the shell itself, waiting and converting do not.</summary>
    private static readonly HashSet<string> Readers =
    [
        VerbsCommon.Get, VerbsCommon.Show, VerbsCommon.Open, VerbsCommon.Close, VerbsCommon.Watch, VerbsDiagnostic.Measure, VerbsDiagnostic.Test, VerbsDiagnostic.Trace, VerbsLifecycle.Wait,
        VerbsCommunications.Receive, VerbsData.Import, VerbsData.ConvertTo, VerbsData.ConvertFrom,
    ];

    /// <summary>What acts on an object of this process, on a file, or on a text: it asks no kernel about a link.</summary>
    private static readonly HashSet<string> WithoutNamespace =
    [
        "New-NetworkNamespace", "Close-TapDevice", "Stop-TapProcess", "Wait-TapProcess", "Get-TapRelay", "Stop-TapRelay", "New-EthernetFrame", "Import-FrameCapture", "Export-FrameCapture", "ConvertFrom-LibvirtXml",
    ];

    /// <summary>Verbs that change what is there; they are silent without -PassThru.</summary>
    private static readonly HashSet<string> SettingVerbs = ["Set", "Enable", "Disable", "Add", "Clear", "Move", "Rename", "Grant", "Revoke", "Protect"];

    /// <summary>Cmdlets of other verbs that are silent without -PassThru, all or in one way of use.</summary>
    private static readonly HashSet<string> OtherSetters =
        ["Remove-BridgePort", "Remove-LinkAlternativeName", "Remove-LinkSourceAddress", "Export-FrameCapture", "Export-LinkTopology", "Receive-TapFrame", "Stop-TapProcess", "Stop-TapRelay", "Watch-LinkFrame"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_writer_asks_and_a_reader_does_not(string name)
    {
        CmdletAttribute attribute = ShippedModule.Cmdlets[name].GetCustomAttribute<CmdletAttribute>()!;
        Assert.Equal(!Readers.Contains(attribute.VerbName) && name != "New-EthernetFrame", attribute.SupportsShouldProcess);
        Assert.Equal(ConfirmImpact.Medium, attribute.ConfirmImpact);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_class_is_named_as_the_cmdlet_and_sealed(string name)
    {
        Type type = ShippedModule.Cmdlets[name];
        Assert.Equal($"MacvtapTools.Commands.{name.Replace("-", string.Empty, StringComparison.Ordinal)}Command", type.FullName);
        Assert.True(type.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_takes_a_network_namespace(string name)
    {
        if (WithoutNamespace.Contains(name)) return;
        Type type = ShippedModule.Cmdlets[name];
        if (name.EndsWith("-NetworkNamespace", StringComparison.Ordinal))
        {
            Assert.Equal(["NetworkNamespace", "Namespace", "NetNS"], type.GetProperty("Name")!.GetCustomAttribute<AliasAttribute>()!.AliasNames);
            return;
        }

        PropertyInfo parameter = type.GetProperty("NetworkNamespace")!;
        Assert.Equal(typeof(string), parameter.PropertyType);
        Assert.Equal(["Namespace", "NetNS"], parameter.GetCustomAttribute<AliasAttribute>()!.AliasNames);
        ParameterAttribute attribute = Assert.Single(parameter.GetCustomAttributes<ParameterAttribute>());
        Assert.True(attribute.ValueFromPipelineByPropertyName);
        Assert.False(attribute.Mandatory);
        Assert.Equal(ParameterAttribute.AllParameterSets, attribute.ParameterSetName);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Names_and_namespaces_are_completed(string name) => Assert.All(
        ShippedModule.Parameters(ShippedModule.Cmdlets[name]).Where(p => !p.PropertyType.IsEnum && (p.Name is "NetworkNamespace" or "PeerNetworkNamespace" or "LowerDevice" or "Bridge" or "Kind" || (p.Name == "Name" && !name.StartsWith("New-", StringComparison.Ordinal)))),
        p => Assert.NotNull(p.GetCustomAttribute<ArgumentCompleterAttribute>()));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Setters_have_PassThru_and_say_what_comes_out(string name)
    {
        Type type = ShippedModule.Cmdlets[name];
        bool isSetter = (SettingVerbs.Contains(name.Split('-')[0]) && name != "Add-QemuNetworkDevice") || OtherSetters.Contains(name);
        Assert.Equal(isSetter, type.GetProperty("PassThru") is not null);
        Assert.Equal(isSetter || name.Split('-')[0] is not ("Remove" or "Close" or "Send" or "Unprotect"), type.GetCustomAttributes<OutputTypeAttribute>().Any());
    }

    [Fact]
    public void Every_method_of_the_module_finds_what_it_calls_in_the_stand_in() => Assert.Empty(PipelineHost.Shell.FindBrokenBindings(ShippedModule.Assembly));
}
