using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What is known of the kernel's refusals, by fact: what a user hears of each, with the kernel's number and words; or why no cmdlet can bring it about, and who says it instead.</summary>
public sealed class FactTests
{
    private const string Here = " -NetworkNamespace {ns}";
    private const string Vlan = "New-MacvlanLink a eth0 -MacAddress 02:00:00:00:00:0a -Up -NetworkNamespace {ns} | Out-Null";
    private const string Owner = "New-MacvlanLink a eth0 -Mode Passthru -NetworkNamespace {ns} | Out-Null";
    private const string SameName = "An interface with the same name exists in the target netns";
    private const string Immutable = "The interface netns is immutable";

    /// <summary>The kernel is asked, and says the number and the words. Where a number is missing, the request is refused before the kernel is asked.</summary>
    public static TheoryData<string, string, string, FailureCause, Errno, string> Facts => new()
    {
        { "the lower device is lo", "", "New-MacvtapLink a lo", FailureCause.LowerDeviceIsLoopback, Errno.EINVAL, "" },
        { "the lower device is not Ethernet", "New-TapLink t -Mode Tun -NetworkNamespace {ns} | Out-Null", "New-MacvtapLink a t", FailureCause.LowerDeviceNotEthernet, Errno.EINVAL, "" },
        { "source addresses outside source mode, at creation", "", "New-MacvtapLink a eth0 -SourceAddress 02:00:00:00:00:01", FailureCause.NotInSourceMode, Errno.EINVAL, "" },
        { "source addresses outside source mode, later", Vlan, "Add-LinkSourceAddress a 02:00:00:00:00:01", FailureCause.NotInSourceMode, Errno.EINVAL, "" },
        { "an MTU above the lower device's, at creation", "", "New-MacvtapLink a eth0 -Mtu 9000", FailureCause.MtuAboveLowerDevice, Errno.EINVAL, "" },
        { "an MTU above the lower device's, later", Vlan, "Set-Link a -Mtu 9000", FailureCause.MtuAboveLowerDevice, Errno.EINVAL, "" },
        { "a second link on a passthru port", Owner, "New-MacvtapLink b eth0", FailureCause.PassthruOwner, Errno.EINVAL, "" },
        { "passthru on a used port", Vlan, "New-MacvtapLink b eth0 -Mode Passthru", FailureCause.PassthruNotAlone, Errno.EINVAL, "" },
        { "to passthru", Vlan, "Set-LinkMode a Passthru", FailureCause.PassthruIsFixed, Errno.EINVAL, "" },
        { "from passthru", Owner, "Set-LinkMode a Bridge", FailureCause.PassthruIsFixed, Errno.EINVAL, "" },
        { "a MAC address of five bytes", "", "New-MacvtapLink a eth0 -MacAddress 02:00:00:00:01", FailureCause.MacAddressUnusable, Errno.None, "" },
        { "a bad name", "", "New-MacvtapLink 'a b' eth0", FailureCause.NameInvalid, Errno.None, "" },
        { "a name above 15 bytes", "", "New-MacvtapLink sixteen-bytes-ab eth0", FailureCause.NameInvalid, Errno.None, "" },
        { "the lower device is a bridge port", "", "New-MacvtapLink a p0", FailureCause.LowerDeviceIsBridgePort, Errno.EBUSY, "" },
        { "a macvtap into a bridge", "New-MacvtapLink a out0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort a br0", FailureCause.MacvtapAsPort, Errno.EBUSY, "" },
        { "a lower device that has macvlans into a bridge", "New-MacvlanLink a out0 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort out0 br0", FailureCause.PortIsLowerDevice, Errno.EBUSY, "" },
        { "lo into a bridge", "", "Add-BridgePort lo br0", FailureCause.PortNotEthernet, Errno.EINVAL, "" },
        { "a multicast MAC address", "", "New-MacvtapLink a eth0 -MacAddress 01:00:00:00:00:01", FailureCause.MacAddressUnusable, Errno.None, "" },
        { "a MAC address of zeros", "", "Set-Link out0 -MacAddress 00:00:00:00:00:00", FailureCause.MacAddressUnusable, Errno.None, "" },
        { "a MAC address in use, when switched on", Vlan + "; New-MacvlanLink b eth0 -MacAddress 02:00:00:00:00:0a -NetworkNamespace {ns} | Out-Null", "Enable-Link b", FailureCause.MacAddressOfSibling, Errno.EADDRINUSE, "" },
        { "a MAC address in use, when set", Vlan + "; New-MacvlanLink b eth0 -Up -NetworkNamespace {ns} | Out-Null", "Set-Link b -MacAddress 02:00:00:00:00:0a", FailureCause.MacAddressOfSibling, Errno.EADDRINUSE, "" },
        { "the lower device's MAC address", "", "New-MacvlanLink b eth0 -MacAddress 02:00:00:00:10:00 -Up", FailureCause.MacAddressOfLowerDevice, Errno.EADDRINUSE, "" },
        { "a name that exists", "", "New-MacvtapLink out0 eth0", FailureCause.NameTaken, Errno.EEXIST, "" },
        { "an index that exists", "", "New-MacvtapLink a eth0 -InterfaceIndex 12", FailureCause.IndexTaken, Errno.EEXIST, "" },
        { "a change of a link of another kind", "", "Set-LinkMode eth0 Bridge", FailureCause.KindDiffers, Errno.None, "" },
        { "hairpin on what is no port", "", "Enable-Hairpin eth0", FailureCause.NotBridgePort, Errno.None, "" },
        { "a unicast address among multicast groups", Vlan, "Add-LinkMulticastGroup a 02:00:00:00:00:01", FailureCause.MacAddressUnusable, Errno.None, "" },
        { "an attribute that is too long", "", $"Set-Link out0 -Alias {new string('x', 256)}", FailureCause.AliasTooLong, Errno.ERANGE, "Attribute failed policy validation" },
        { "an MTU below 68", "", "New-MacvtapLink a eth0 -Mtu 67", FailureCause.MtuOutOfRange, Errno.EINVAL, "mtu less than device minimum" },
        { "an MTU above 65535", "", "Set-Link out0 -Mtu 65536", FailureCause.MtuOutOfRange, Errno.EINVAL, "mtu greater than device maximum" },
        { "a negative index", "", "New-MacvtapLink a eth0 -InterfaceIndex -1", FailureCause.ValueInvalid, Errno.None, "" },
        { "a move where the name is taken", "Rename-Link out0 far0" + Here, "Move-Link far0 {other}", FailureCause.NameTaken, Errno.EEXIST, SameName },
        { "a move where an alternative name is taken", "Add-LinkAlternativeName out0 far0" + Here, "Move-Link out0 {other}", FailureCause.NameTaken, Errno.EEXIST, "An interface with the altname far0 exists in the target netns" },
        { "a move where the wanted index is taken", "", "Move-Link out0 {other} -NewInterfaceIndex 20", FailureCause.IndexTaken, Errno.EBUSY, "The ifindex 20 is not available in the target netns" },
        { "a move of the loopback", "", "Move-Link lo {other}", FailureCause.NamespaceFixed, Errno.EINVAL, Immutable },
        { "a move of a bridge", "", "Move-Link br0 {other}", FailureCause.NamespaceFixed, Errno.EINVAL, Immutable },
        { "a bridge into a bridge", "New-BridgeLink b2 -NetworkNamespace {ns} | Out-Null", "Add-BridgePort b2 br0", FailureCause.BridgeAsPort, Errno.ELOOP, "Can not enslave a bridge to a bridge" },
        { "MAC authentication bypass of a port that is not locked", "", "Set-BridgePort p0 -MacAuthenticationBypass $true", FailureCause.PortNotLocked, Errno.EINVAL, "Bridge port must be locked and have learning enabled when MAB is enabled" },
        { "too many queues", "", "New-MacvtapLink a eth0 -QueueCount 5000", FailureCause.QueueCountOutOfRange, Errno.EINVAL, "Invalid number of transmit queues" },
        { "no queues", "", "New-MacvtapLink a eth0 -QueueCount 0", FailureCause.QueueCountOutOfRange, Errno.EINVAL, "Invalid number of transmit queues" },
        { "NoPromiscuous of a passthru link that is off, which makes some kernels miscount", Owner, "Set-LinkMode a Passthru -Flag NoPromiscuous", FailureCause.PromiscuityDefect, Errno.None, "" },
        { "a frame below 14 bytes", "New-MacvtapLink a eth0 -InterfaceIndex {i1} -Up -NetworkNamespace {ns} | Out-Null", "Send-TapFrame a ffff", FailureCause.ValueInvalid, Errno.None, "" },
    };

    /// <summary>What plain requests cannot bring about, and the class of tests that does.</summary>
    public static TheoryData<string, string> Elsewhere => new()
    {
        { "a bad mode (EINVAL); the shell itself takes no such number", "ParameterErrorTests" },
        { "bad flag bits (EINVAL); the shell itself takes no such number", "ParameterErrorTests" },
        { "a lower device whose index is unknown (ENODEV)", "LowerDeviceErrorTests" },
        { "a lower device that belongs to a bond (EBUSY)", "UnseenHereTests" },
        { "an unknown kind, or a missing module (EOPNOTSUPP, 'Unknown device type')", "UnseenHereTests" },
        { "a device that refuses bridging (EOPNOTSUPP)", "UnseenHereTests" },
        { "NoPromiscuous after an underflow (EOVERFLOW)", "UnseenHereTests" },
        { "the descriptor of a tap device whose link is gone (ENOLINK)", "TapEndpointTests" },
        { "the 257th open of a node (EBUSY)", "EndpointQueueTests" },
    };

    /// <summary>What a refusal is known for and the module never asks, and how its source would look if it did.</summary>
    public static TheoryData<string, string> NeverSent => new()
    {
        { "the count of source addresses written (EINVAL)", @"\.U32\(\w*MACADDR_COUNT" },
        { "the used broadcast queue length written (EINVAL)", @"\.U32\(\w*BC_QUEUE_LEN_USED" },
        { "the carrier of a link written (EOPNOTSUPP)", @"\.U8\(IFLA\.CARRIER\b" },
        { "limits of gso and gro (EINVAL, 'too big gso_max_size')", @"\(IFLA\.G[SR]O_" },
        { "a namespace id at creation (EINVAL, 'Unknown network namespace id')", @"\.S32\(IFLA\.LINK_NETNSID" },
        { "a creation that may replace (EOPNOTSUPP)", @"Begin\([^)]*NLM_F_REPLACE" },
        { "the kind tun over rtnetlink (EOPNOTSUPP)", @"Kind => ""tun""|Settings\(""tun""" },
        { "two namespaces at once (EINVAL, 'multiple netns identifying attributes specified')", @"\(IFLA\.NET_NS_PID" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void Is_explained(string fact, string prepare, string request, FailureCause cause, Errno errno, string words)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        Preparation.Run(shell, lab, prepare);
        ErrorRecord record = Assert.Single(shell.Invoke(lab.Fill(request + Here)).Errors);
        var failure = Assert.IsType<MacvtapException>(record.Exception);
        Assert.True((cause, errno, words) == (failure.Cause, failure.Errno, failure.KernelText ?? string.Empty), $"{fact}: {failure.Cause} {failure.Errno} '{failure.KernelText}': {record}");
        Assert.False(string.IsNullOrEmpty(failure.Advice), $"{fact}: nothing is advised: {record}");
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Is_brought_about_by_another_test(string fact, string test) =>
        Assert.True(Directory.EnumerateFiles(Repository.Path("tests"), $"{test}.cs", SearchOption.AllDirectories).Count() == 1, fact);

    [Theory]
    [MemberData(nameof(NeverSent))]
    public void Is_never_asked(string fact, string pattern) => Assert.All(
        Directory.EnumerateFiles(Repository.Path("src", "MacvtapTools.Core"), "*.cs", SearchOption.AllDirectories),
        f => Assert.False(Regex.IsMatch(File.ReadAllText(f), pattern), $"{fact}: {f}"));

    /// <summary>Without a lower device the kernel says EINVAL: the parameter is mandatory.</summary>
    [Theory]
    [InlineData("New-MacvtapLink")]
    [InlineData("New-MacvlanLink")]
    [InlineData("New-HostLink")]
    public void No_link_is_asked_for_without_a_lower_device(string cmdlet) => Assert.All(
        ShippedModule.Parameters(ShippedModule.Cmdlets[cmdlet]).Single(p => p.Name == "LowerDevice").GetCustomAttributes<ParameterAttribute>(),
        p => Assert.True(p.Mandatory));
}
