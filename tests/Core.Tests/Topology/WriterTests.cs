using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MacvtapTools.Failures;
using MacvtapTools.Forwarding;
using MacvtapTools.Tests.Forwarding;
using MacvtapTools.Topology;
using Xunit;

namespace MacvtapTools.Tests.Topology;

public sealed class WriterTests
{
    private const string Nasty = "<&\">'\\N#;\u0001\ud800";

    private static TopologyPicture Lab(string prefix = "m", int count = 2) => new(Forests.Lab(count, prefix), [], "A lab");

    private static TopologyPicture WithReach(int links) => new(
        Forests.Lab(2), [ReachSummary.Of(Scenes.Model(Scenes.Of(Scenes.Bridge(true), Scenes.Links(Enumerable.Repeat(LinkMode.Private, links)))), TrafficKind.Broadcast)], "Reach");

    [Fact]
    public void Dot() => Assert.Equal(
        """
        digraph topology {
          graph [label="A lab", labelloc=t, rankdir=TB, compound=true, bgcolor="#fbfcfe", fontname="sans-serif"];
          node [shape=box, style="filled,rounded", fontname="sans-serif", fontsize=11];
          edge [dir=none, color="#64748b"];
          n0_2 [label="br0\nbridge\n02:00:00:00:00:02", fillcolor="#dbeafe", color="#2563eb"];
          n0_3 [label="p0\nveth\nhairpin on\n02:00:00:00:00:03", fillcolor="#e0f2fe", color="#0284c7"];
          n1_2 [label="eth0\nveth (peer)\n02:00:00:00:01:02\nin ns1", fillcolor="#fef3c7", color="#b45309"];
          n1_3 [label="m0\nmacvtap bridge\n02:00:00:00:01:03", fillcolor="#dcfce7", color="#15803d"];
          p4711 [label="qemu(4711)\nprocess", fillcolor="#f3e8ff", color="#7e22ce"];
          n1_4 [label="m1\nmacvtap vepa\ndown\n02:00:00:00:01:04", fillcolor="#dcfce7", color="#15803d", style="filled,rounded,dashed"];
          n0_2 -> n0_3;
          n1_2 -> n1_3;
          n1_2 -> n1_4;
          n0_3 -> n1_2 [style=dashed];
          n1_3 -> p4711;
        }

        """,
        DotWriter.Write(Lab()));

    [Fact]
    public void Mermaid() => Assert.Equal(
        """
        ---
        title: "A lab"
        ---
        flowchart TD
          n0_2["br0<br/>bridge<br/>02:00:00:00:00:02"]:::roleBridge
          n0_3["p0<br/>veth<br/>hairpin on<br/>02:00:00:00:00:03"]:::rolePort
          n1_2["eth0<br/>veth (peer)<br/>02:00:00:00:01:02<br/>in ns1"]:::roleLowerDevice
          n1_3["m0<br/>macvtap bridge<br/>02:00:00:00:01:03"]:::roleMacvtap
          p4711(["qemu(4711)<br/>process"]):::roleHolder
          n1_4["m1<br/>macvtap vepa<br/>down<br/>02:00:00:00:01:04"]:::roleMacvtap
          n0_2 --- n0_3
          n1_2 --- n1_3
          n1_2 --- n1_4
          n0_3 -.- n1_2
          n1_3 --- p4711
          classDef roleBridge fill:#dbeafe,stroke:#2563eb,color:#1f2937
          classDef rolePort fill:#e0f2fe,stroke:#0284c7,color:#1f2937
          classDef roleLowerDevice fill:#fef3c7,stroke:#b45309,color:#1f2937
          classDef roleMacvtap fill:#dcfce7,stroke:#15803d,color:#1f2937
          classDef roleHolder fill:#f3e8ff,stroke:#7e22ce,color:#1f2937

        """,
        MermaidWriter.Write(Lab()));

    [Fact]
    public void Json_reads_back()
    {
        JsonElement root = JsonDocument.Parse(JsonWriter.Write(Lab("\"<\\"))).RootElement;
        Assert.Equal(["br0", "p0", "eth0", "\"<\\0", "qemu", "\"<\\1"], root.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("name").GetString()));
        Assert.Equal(5, root.GetProperty("edges").GetArrayLength());
        Assert.True(root.GetProperty("nodes")[1].GetProperty("hairpin").GetBoolean());
        Assert.False(root.TryGetProperty("reachability", out _));
    }

    [Fact]
    public void Json_says_who_reaches_whom()
    {
        JsonElement reach = JsonDocument.Parse(JsonWriter.Write(WithReach(2))).RootElement.GetProperty("reachability")[0];
        Assert.Equal("Broadcast", reach.GetProperty("kind").GetString());
        Assert.Equal(4, reach.GetProperty("entries").GetArrayLength());
        Assert.Equal("NotDelivered", reach.GetProperty("pairs").EnumerateArray().First(p => p.GetProperty("from").GetInt32() == 0 && p.GetProperty("to").GetInt32() == 1).GetProperty("reachable").GetString());
    }

    [Fact]
    public void Svg_is_valid_and_has_every_name_once_escaped_and_without_what_xml_forbids()
    {
        XElement root = XDocument.Parse(SvgWriter.Write(Lab(Nasty))).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        string[] texts = [.. root.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("<&\">'\\N#;?\ufffd0", texts);
        Assert.Equal("A lab", root.Elements().First(e => e.Name.LocalName == "title").Value);
        Assert.Equal(6, root.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>().Distinct().Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public void Everything_in_the_svg_is_inside_of_it(int links)
    {
        XElement root = XDocument.Parse(SvgWriter.Write(WithReach(links) with { Topology = Forests.Lab(links) })).Root!;
        (double width, double height) = ((double)root.Attribute("width")!, (double)root.Attribute("height")!);
        foreach (XElement element in root.Descendants().Where(e => e.Name.LocalName == "rect"))
        {
            Assert.InRange((double)element.Attribute("x")! + (double)element.Attribute("width")!, 0, width);
            Assert.InRange((double)element.Attribute("y")! + (double)element.Attribute("height")!, 0, height);
        }

        foreach (XElement element in root.Descendants().Where(e => e.Name.LocalName == "text" && e.Attribute("text-anchor") is null))
        {
            Assert.InRange((double)element.Attribute("x")! + SvgShapes.WidthOf(element.Value, (double)element.Attribute("font-size")!), 0, width);
            Assert.InRange((double)element.Attribute("y")!, 0, height);
        }
    }

    [Fact]
    public void Arrows_have_the_colour_of_what_they_say()
    {
        string svg = SvgWriter.Write(WithReach(2));
        Assert.Contains(PictureColours.Good, svg, StringComparison.Ordinal);
        Assert.Contains(PictureColours.Bad, svg, StringComparison.Ordinal);
        Assert.Contains("r0_0 -> r0_1 [dir=both, color=\"#b91c1c\", style=dashed];", DotWriter.Write(WithReach(2)), StringComparison.Ordinal);
        string mermaid = MermaidWriter.Write(WithReach(2));
        Assert.Contains("    r0_0 <-.-> r0_1\n", mermaid, StringComparison.Ordinal);
        Assert.Contains($"  linkStyle 5,", mermaid, StringComparison.Ordinal); // after the five lines of the tree
    }

    /// <summary>Mermaid counts every line between boxes, those that it does not show among them.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public void Colours_of_mermaid_are_those_of_the_arrows(int links)
    {
        string[] lines = MermaidWriter.Write(WithReach(links) with { Topology = Forests.Lab(links) }).Split('\n');
        string[] arrows = [.. lines.Where(l => Regex.IsMatch(l, @"^ +\w+ (---|-\.-|~~~|<?-->|<?-\.->) \w+$"))];
        Dictionary<int, string> colours = lines.Where(l => l.StartsWith("  linkStyle ", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ')[3].Split(',').Select(n => (int.Parse(n, CultureInfo.InvariantCulture), l.Split("stroke:")[1]))).ToDictionary();
        for (int i = 0; i < arrows.Length; i++)
        {
            string? expected = arrows[i].Contains("--> ", StringComparison.Ordinal) ? PictureColours.Good : arrows[i].Contains("-.-> ", StringComparison.Ordinal) ? PictureColours.Bad : null;
            Assert.Equal(expected, colours.GetValueOrDefault(i));
        }

        Assert.Equal(colours.Count, arrows.Count(a => a.Contains("> r", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_reaches_whom_is_below_the_links_that_it_is_about()
    {
        TopologyPicture picture = WithReach(2);
        SceneLower lower = picture.Reach[0].Scene.Lower;
        picture = picture with { Topology = Forests.Build([Forests.Link(0, lower.InterfaceIndex, lower.Name, "veth"), Forests.Link(0, 99, "last", lower: Forests.To(0, lower.InterfaceIndex, lower.Name), mode: LinkMode.Vepa)]) };
        Assert.Contains("  n0_99 -> r0_0 [style=invis];\n", DotWriter.Write(picture), StringComparison.Ordinal);
        Assert.Contains("  n0_99 ~~~ reach0\n", MermaidWriter.Write(picture), StringComparison.Ordinal);
    }

    [Fact]
    public void What_mermaid_does_not_draw_as_it_is_usually_set_up_is_told()
    {
        Assert.Null(MermaidWriter.WhyTooLarge(MermaidWriter.Write(Lab(count: 200))));
        Assert.StartsWith("594 lines", MermaidWriter.WhyTooLarge(MermaidWriter.Write(Lab(count: 600))), StringComparison.Ordinal);
        Assert.EndsWith("maxTextSize is raised", MermaidWriter.WhyTooLarge(MermaidWriter.Write(Lab(new string('n', 300), 200))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_meaning_in_dot_and_mermaid_is_escaped()
    {
        Assert.Contains("\"<&\\\">'\\\\N#;?\ufffd0\\nmacvtap", DotWriter.Write(Lab(Nasty)), StringComparison.Ordinal);
        Assert.Contains("[\"#60;#38;#34;#62;'#92;N#35;#59;?\ufffd0<br/>macvtap", MermaidWriter.Write(Lab(Nasty)), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_links_are_in_a_box_for_programs_that_do_the_layout_themselves()
    {
        string dot = DotWriter.Write(Lab(count: 30));
        Assert.Contains("  subgraph cluster_on_n1_2_Lower {\n    graph [label=\"30 links on eth0\"", dot, StringComparison.Ordinal);
        Assert.Contains("    n1_4 -> n1_14 [style=invis];\n", dot, StringComparison.Ordinal);
        Assert.Contains("    p4711 -> n1_13 [style=invis];\n", dot, StringComparison.Ordinal); // below what hangs on the link
        Assert.Contains("  n1_2 -> n1_7 [lhead=cluster_on_n1_2_Lower];\n", dot, StringComparison.Ordinal);
        Assert.Contains("  n1_3 -> p4711;\n", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("n1_2 -> n1_4;", dot, StringComparison.Ordinal);
        Assert.DoesNotContain("cluster", DotWriter.Write(Lab(count: 10)), StringComparison.Ordinal);

        string mermaid = MermaidWriter.Write(Lab(count: 30));
        Assert.Contains("  subgraph on_n1_2_Lower [\"30 links on eth0\"]\n", mermaid, StringComparison.Ordinal);
        Assert.Contains("    n1_4 ~~~ n1_14\n", mermaid, StringComparison.Ordinal);
        Assert.Contains("  n1_2 --- on_n1_2_Lower\n", mermaid, StringComparison.Ordinal);
        Assert.DoesNotContain("n1_2 --- n1_4\n", mermaid, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.SVG", TopologyFormat.Svg)]
    [InlineData("a.mmd", TopologyFormat.Mermaid)]
    [InlineData("a.gv", TopologyFormat.Dot)]
    [InlineData("a.json", TopologyFormat.Json)]
    public void The_extension_says_the_format(string path, TopologyFormat format) => Assert.Equal(format, TopologyFile.FormatOf(path));

    [Fact]
    public void Another_extension_is_refused() => Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => TopologyFile.FormatOf("a.bmp")).Id);
}
