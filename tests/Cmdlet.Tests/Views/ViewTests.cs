using System.Xml.Linq;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The default table of each type: the columns of the design, in its order, and room for the longest values in 120 columns.</summary>
public sealed class ViewTests : IDisposable
{
    private const int Width = 120;
    private const string LongName = "abcdefghijklmno";
    private readonly ScenarioLab _lab = new();
    private readonly Shell _shell = ShippedModule.NewShell();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("Get-Link lo -NetworkNamespace {ns}", "Name ifIndex Kind Status Mtu MacAddress LowerDevice Master")]
    [InlineData("Get-Link abcdefghijklmno -NetworkNamespace {ns}", "Name ifIndex LowerDevice Mode Status MacAddress")]
    [InlineData("Get-Link abcdefghijklmnt -NetworkNamespace {ns}", "Name ifIndex LowerDevice Mode Status MacAddress TapDevice")]
    [InlineData("Get-Link abcdefghijklmnu -NetworkNamespace {ns}", "Name ifIndex Mode Status MacAddress Owner Group")]
    [InlineData("Get-Link out1 -NetworkNamespace {ns}", "Name ifIndex Peer Status Mtu MacAddress Master")]
    [InlineData("Get-Link br0 -NetworkNamespace {ns}", "Name ifIndex Status Mtu MacAddress SpanningTree ForwardDelay AgeingTime")]
    [InlineData("Get-TapDevice -NetworkNamespace {ns}", "Path Name ifIndex State Owner Group Permission Holder")]
    [InlineData("Get-BridgePort -NetworkNamespace {ns}", "Name ifIndex Bridge State Hairpin")]
    [InlineData("Get-NetworkNamespace {ns}", "Name Inode IsCurrent Path")]
    public void The_table_has_the_designs_columns_and_fits(string command, string columns)
    {
        Requires.Kind("macvtap");
        Requires.Kind("macvlan");
        Programs.Run("ip", "-n", _lab.Namespace, "link", "add", "lowerdevice-15b", "type", "veth", "peer", "name", "peer-of-lower15");
        Programs.Run("ip", "-n", _lab.Namespace, "link", "add", LongName, "link", "lowerdevice-15b", "type", "macvlan", "mode", "private");
        Programs.Run("ip", "-n", _lab.Namespace, "link", "add", "abcdefghijklmnt", "index", $"{_lab.Index(1)}", "link", "lowerdevice-15b", "type", "macvtap", "mode", "private");
        if (command.Contains("mnu", StringComparison.Ordinal))
        {
            if (!File.Exists("/dev/net/tun")) Assert.Skip("There is no /dev/net/tun here, so no classic tap can be made.");
            Programs.Run("ip", "-n", _lab.Namespace, "tuntap", "add", "abcdefghijklmnu", "mode", "tap", "user", "65534");
        }

        ShellResult result = _shell.Invoke(_lab.Fill(command));
        Assert.Empty(result.Errors);
        Assert.NotEmpty(result.Output);
        string[] lines = _shell.Format(result.Output, Width).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(columns.Split(' '), lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 1, Width));
        Assert.All(lines, l => Assert.DoesNotContain("…", l, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.DoesNotContain("...", l, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-Link out1, br0, lo -NetworkNamespace {ns}", "Peer")]
    [InlineData("Get-Link br0, out1, lo -NetworkNamespace {ns}", "SpanningTree")]
    [InlineData("Get-Link lo, br0, out1 -NetworkNamespace {ns}", "Kind")]
    public void Links_of_several_kinds_make_one_table_and_the_first_chooses_the_columns(string command, string column)
    {
        string[] lines = _shell.Format(_shell.Invoke(_lab.Fill(command)).Output, Width).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + 3, lines.Length);
        Assert.Contains(column, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_output_type_of_a_cmdlet_has_a_view()
    {
        HashSet<string> viewed = [.. XDocument.Load(Assert.Single(ShippedModule.Manifest.FormatsToProcess)).Descendants("ViewSelectedBy").Elements("TypeName").Select(t => t.Value)];
        IEnumerable<Type> types = ShippedModule.Cmdlets.Values
            .SelectMany(c => c.GetCustomAttributes(typeof(System.Management.Automation.OutputTypeAttribute), false).Cast<System.Management.Automation.OutputTypeAttribute>())
            .SelectMany(o => o.Type.Select(t => t.Type!))
            .Distinct()
            .Where(t => t.Assembly == ShippedModule.Assembly || t.Namespace == nameof(MacvtapTools)); // others have their shell's
        Assert.All(types, t => Assert.Contains(t.FullName!, viewed));
    }

    [Fact]
    public void Every_column_of_every_view_is_a_property()
    {
        IEnumerable<(string Type, string Property)> columns = XDocument.Load(Assert.Single(ShippedModule.Manifest.FormatsToProcess)).Descendants("View")
            .SelectMany(v => v.Descendants("PropertyName").Select(p => (v.Descendants("TypeName").First().Value, p.Value)));
        Assert.All(columns, c => Assert.Contains(typeof(Link).Assembly.GetType(c.Type, throwOnError: true)!.GetProperties(), p => p.Name == c.Property));
    }
}
