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
        string[] lines = BelowHeading(result, command.Contains(" -NetworkNamespace ", StringComparison.Ordinal));

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
        string[] lines = BelowHeading(_shell.Invoke(_lab.Fill(command)), hasHeading: true);
        Assert.Equal(2 + 3, lines.Length);
        Assert.Contains(column, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_of_views_is_in_the_manifest() =>
        Assert.Equal(
            Directory.GetFiles(Repository.Path("src", "MacvtapTools", "Views")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            ShippedModule.Manifest.FormatsToProcess.Select(Path.GetFileName));

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Every_output_type_of_a_cmdlet_has_a_table_or_a_drawing_and_it_comes_first(string type)
    {
        string first = Control(ViewFiles.Views.First(v => ViewFiles.Types(v).Any(t => t.FullName == type)));
        Assert.Equal(type is "MacvtapTools.LinkTopology" ? "ListControl" : type is "MacvtapTools.TopologyLine" or "MacvtapTools.ReachabilityMatrix" ? "CustomControl" : "TableControl", first);
    }

    /// <summary>Of a table the first type has them all; a list shows what the object has, which can be of a derived type.</summary>
    [Theory]
    [MemberData(nameof(AllViews))]
    public void Every_property_of_every_view_is_there(string name)
    {
        XElement view = ViewFiles.Views.First(v => ViewFiles.Name(v) == name);
        bool isList = view.Element("ListControl") is not null;
        Type[] types = isList ? [.. typeof(Link).Assembly.GetTypes().Where(t => ViewFiles.Types(view).Any(v => v.IsAssignableFrom(t)))] : [ViewFiles.Types(view).First()];
        Assert.All(ViewFiles.Properties(view), p => Assert.Contains(types, t => t.GetProperty(p) is not null));
    }

    /// <summary>A list is for reading everything: nothing but a property's second name is left out.</summary>
    [Theory]
    [InlineData("MacvtapTools.Link", "IfIndex LowerDeviceNamespaceId")]
    [InlineData("MacvtapTools.PhysicalLink", "IfIndex LowerDeviceNamespaceId")]
    [InlineData("MacvtapTools.VethLink", "IfIndex LowerDevice LowerDeviceIndex LowerDeviceNamespace LowerDeviceNamespaceId PeerNamespaceId")]
    [InlineData("MacvtapTools.BridgeLink", "IfIndex LowerDeviceNamespaceId")]
    [InlineData("MacvtapTools.TapLink", "GroupId IfIndex LowerDeviceNamespaceId OwnerId")]
    [InlineData("MacvtapTools.MacvlanLink", "IfIndex LowerDeviceNamespaceId")]
    [InlineData("MacvtapTools.MacvtapLink", "IfIndex LowerDeviceNamespaceId")]
    [InlineData("MacvtapTools.BridgePort", "Bridge IfIndex")]
    public void Lists_leave_nothing_out(string type, string except)
    {
        XElement list = ViewFiles.Views.First(v => v.Element("ListControl") is not null && ViewFiles.Types(v).Any(t => t.FullName == type));
        Type itself = typeof(Link).Assembly.GetType(type, throwOnError: true)!;
        string[] missing = [.. itself.GetProperties().Select(p => p.Name).Except(ViewFiles.Properties(list)).Order(StringComparer.Ordinal)];
        Assert.Subset(except.Split(' ').ToHashSet(), missing.ToHashSet());
    }

    /// <summary>A shell leaves out, from the right, what does not fit: with the longest usual values that must not be more than the last column.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_table_has_room_for_the_longest_usual_values(string name)
    {
        XElement view = ViewFiles.Views.First(v => ViewFiles.Name(v) == name);
        XElement table = view.Element("TableControl")!;
        XElement[] headers = [.. table.Element("TableHeaders")!.Elements()];
        XElement[] items = [.. table.Descendants("TableColumnItem")];
        Assert.Equal(headers.Length, items.Length);
        int[] widths = [.. headers.Zip(items).Select(c => ColumnWidth.Of(ViewFiles.Types(view).First(), c.First, c.Second))];
        Assert.InRange(widths[..^1].Sum(w => w + 1), 1, Width);
    }

    public static TheoryData<string> OutputTypes =>
        [.. ShippedModule.Cmdlets.Values
            .SelectMany(c => c.GetCustomAttributes(typeof(System.Management.Automation.OutputTypeAttribute), false).Cast<System.Management.Automation.OutputTypeAttribute>())
            .SelectMany(o => o.Type.Select(t => t.Type!))
            .Where(t => t.Assembly == ShippedModule.Assembly || t.Namespace == nameof(MacvtapTools)) // others have their shell's
            .Select(t => t.FullName!)
            .Distinct()];

    public static TheoryData<string> AllViews => [.. ViewFiles.Views.Select(ViewFiles.Name)];

    public static TheoryData<string> Tables => [.. ViewFiles.Views.Where(v => v.Element("TableControl") is not null).Select(ViewFiles.Name)];

    /// <summary>The lines of one table, without the one that says in which network namespace it all is.</summary>
    private string[] BelowHeading(ShellResult result, bool hasHeading)
    {
        string[] lines = _shell.Format(result.Output, Width).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!hasHeading) return lines;
        Assert.Equal($"   Network namespace: {_lab.Namespace}", lines[0]);
        return lines[1..];
    }

    private static string Control(XElement view) => view.Elements().First(e => e.Name.LocalName.EndsWith("Control", StringComparison.Ordinal)).Name.LocalName;
}
