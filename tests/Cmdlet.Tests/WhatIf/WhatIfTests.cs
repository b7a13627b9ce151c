using System.Management.Automation;
using System.Text.RegularExpressions;
using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What -WhatIf says is what happens: the same request with it and without it, and nothing changed by the first.</summary>
public sealed partial class WhatIfTests
{
    public static TheoryData<string, string> Cases => WhatIfCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_it_says_is_what_happens(string prepare, string request)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        _ = lab.Other;
        Shell shell = ShippedModule.NewShell();
        Preparation.Run(shell, lab, prepare);
        string line = lab.Fill(request);
        string before = State(lab, request);

        ShellResult said = shell.Invoke(line + " -WhatIf");
        Assert.Equal(before, State(lab, request));
        Assert.Empty(said.Output);
        ShellResult happened = shell.Invoke(line);
        foreach (object? made in happened.Output) ((made is PSObject wrapped ? wrapped.BaseObject : made) as IDisposable)?.Dispose();
        shell.Invoke("Get-TapRelay | Where-Object NetworkNamespace -eq " + lab.Namespace + " | Stop-TapRelay");

        Assert.Equal(happened.Errors.Select(Describe), said.Errors.Select(Describe));
        Assert.All(said.Errors, e => Assert.NotEqual(FailureCause.Unexplained, (e.Exception as MacvtapException)?.Cause));
    }

    [Fact]
    public void The_table_has_enough_of_both()
    {
        Assert.True(WhatIfCases.All.Count > 600);
    }

    [Fact]
    public void What_cannot_be_known_is_said_and_is_no_error()
    {
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ShellResult result = shell.Invoke(lab.Fill("Set-Link eth0 -AddressGeneration StablePrivacy -WhatIf -Verbose -NetworkNamespace {ns}"));
        Assert.Empty(result.Errors);
        Assert.Contains(result.Verbose, v => v.Contains("cannot know", StringComparison.Ordinal) && v.Contains("stable_secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("192.0.2.0/24 -Gateway 10.9.0.254")]
    [InlineData("2001:db8::/64 -Gateway fd00::fe -Table 300")]
    public void Where_rules_say_how_packets_go_that_of_a_gateway_cannot_be_known(string route)
    {
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        foreach (string family in (string[])["-4", "-6"]) Programs.Run("ip", family, "-n", lab.Namespace, "rule", "add", "fwmark", "7", "table", "77");
        ShellResult result = shell.Invoke(lab.Fill($"Enable-Link eth0 -NetworkNamespace {{ns}}; Add-LinkRoute eth0 {route} -WhatIf -Verbose -NetworkNamespace {{ns}}"));
        Assert.Empty(result.Errors);
        Assert.Contains(result.Verbose, v => v.Contains("cannot know", StringComparison.Ordinal) && v.Contains("decided by rules", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-MacvtapLink b a")]
    [InlineData("New-HostLink b a")]
    public void A_link_that_would_land_elsewhere_is_a_warning(string request)
    {
        Requires.Kind("macvtap");
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ShellResult result = shell.Invoke(lab.Fill($"New-MacvlanLink a eth0 -NetworkNamespace {{ns}} | Out-Null; {request} -WhatIf -NetworkNamespace {{ns}}"));
        Assert.Empty(result.Errors);
        Assert.Contains("would lie on eth0", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_says_that_nothing_was_tried()
    {
        using ScenarioLab lab = new();
        Shell shell = ShippedModule.NewShell();
        ErrorRecord refusal = Assert.Single(shell.Invoke(lab.Fill("New-MacvlanLink a p0 -WhatIf -NetworkNamespace {ns}")).Errors);
        var failure = (MacvtapException)refusal.Exception;
        Assert.True(failure.IsPredicted);
        Assert.Equal(FailureCause.LowerDeviceIsBridgePort, failure.Cause);
        Assert.Equal("p0", Assert.Single(failure.Evidence).Link);
        Assert.Contains("Not tried. The kernel would say: EBUSY", refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("-LowerDevice br0", refusal.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
    }

    private static string Describe(ErrorRecord record) => record.Exception is MacvtapException failure
        ? $"{record.FullyQualifiedErrorId} {record.CategoryInfo.Category} {failure.Cause} {failure.Errno} '{failure.KernelText}' {failure.Message} {failure.Advice} [{string.Join("; ", failure.Evidence)}]"
        : $"{record.FullyQualifiedErrorId} {record}";

    /// <summary>
    /// What other programs tell of both namespaces, of the nodes of the lab's links and of its files. The order of lines does not count. What settles by itself is left out: the operational state, what the
    /// kernel makes for IPv6 when a link has come up, and what a bridge learns.
    /// </summary>
    private static string State(ScenarioLab lab, string request)
    {
        const string Look = "ip -d address show; ip route show table all; ip -6 route show table all";
        const string Table = "; bridge fdb show";
        const string Settings = "; sysctl -a 2>/dev/null | grep -E '(forwarding|proxy_arp|ip_forward) ='";
        const string Filters = "; for link in $(ls /sys/class/net); do tc qdisc show dev $link; tc filter show dev $link egress; tc filter show dev $link ingress; done 2>/dev/null";
        string look = Look + If(Table, "Multicast", "BridgePort") + If(Settings, "Forwarding") + If(Filters, "rotect-");
        if (request.Contains("{other}", StringComparison.Ordinal)) look += $"; ip netns exec {lab.Other} sh -c '{Look}'";
        string files = lab.Fill("; ls -ln /dev/tap{i1} /dev/tap{i2} {dir} 2>&1; ls /run/netns | grep -e ^{new} -e ^{ns}$ -e ^{other}$; true");
        string text = Programs.Run("ip", "netns", "exec", lab.Namespace, "sh", "-c", look + files);
        return string.Join('\n', Settling().Replace(text, string.Empty).Split('\n').Where(l => !Unsteady().IsMatch(l)).Order(StringComparer.Ordinal));

        string If(string part, params string[] words) => words.Any(w => request.Contains(w, StringComparison.Ordinal)) ? part : string.Empty;
    }

    [GeneratedRegex(@" state \w+|,?LOWER_UP|NO-CARRIER,|,?M-DOWN| tentative| (hello|tcn|topology_change|gc)_timer +[\d.]+")]
    private static partial Regex Settling();

    [GeneratedRegex(@"fe80|ff00::/8|33:33:|valid_lft|anycast|linkdown|^local \S*:\S* dev|^[0-9a-f:]{17} dev \S+ master \S+ *$")]
    private static partial Regex Unsteady();
}
