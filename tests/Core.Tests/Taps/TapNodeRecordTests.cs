using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Xunit;

namespace MacvtapTools.Core.Tests.Taps;

public sealed class TapNodeRecordTests
{
    private static readonly TapNodeRecord _record = new("/dev/some where/tap=5:x", 6, 836289, 1795183136, 272815335, new DeviceNumber(246, 3))
    {
        Name = "mvt:0",
        InterfaceIndex = 5,
        Namespace = (4, 4026532247),
        NetworkNamespace = "/proc/4711/ns/net",
    };

    [Fact]
    public void Is_read_as_it_was_written()
    {
        Assert.Equal(_record, TapNodeRecord.Parse(_record.ToText()));
        Assert.Equal(_record with { NetworkNamespace = null }, TapNodeRecord.Parse((_record with { NetworkNamespace = null }).ToText()));
    }

    [Fact]
    public void Cut_off_it_is_no_record_or_a_shorter_path()
    {
        string text = _record.ToText();
        for (int length = 0; length < text.IndexOf("path=", StringComparison.Ordinal) + 5; length++) Assert.Null(TapNodeRecord.Parse(text[..length]));
    }

    [Fact]
    public void Only_the_very_file_is_the_node()
    {
        FileStatus same = new() { Mode = 0x2180, FileSystemMinor = 6, Inode = 836289, BirthSeconds = 1795183136, BirthNanoseconds = 272815335, NodeMajor = 246, NodeMinor = 3 };
        Assert.True(_record.IsNode(same));
        Assert.False(_record.IsNode(same with { Inode = 1 }));
        Assert.False(_record.IsNode(same with { FileSystemMinor = 7 }));
        Assert.False(_record.IsNode(same with { BirthSeconds = 1 }));
        Assert.False(_record.IsNode(same with { BirthNanoseconds = 1 }));
        Assert.False(_record.IsNode(same with { NodeMinor = 4 }));
        Assert.False(_record.IsNode(same with { Mode = 0x8180 }));
    }
}
