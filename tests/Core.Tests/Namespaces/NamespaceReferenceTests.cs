using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Core.Tests.Namespaces;

public sealed class NamespaceReferenceTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("", null, null, null)]
    [InlineData("blue", null, "blue", null)]
    [InlineData("with blank", null, "with blank", null)]
    [InlineData("/proc/1/ns/net", "/proc/1/ns/net", null, null)]
    [InlineData("./ns", "./ns", null, null)]
    [InlineData("4711", null, "4711", 4711)]
    [InlineData("2147483647", null, "2147483647", 2147483647)]
    [InlineData("2147483648", null, "2147483648", null)]
    [InlineData("0", null, "0", null)]
    [InlineData("-5", null, "-5", null)]
    [InlineData("+5", null, "+5", null)]
    [InlineData(" 5", null, " 5", null)]
    [InlineData("٣", null, "٣", null)]
    public void A_text_is_nothing_a_path_a_name_or_also_a_process(string? text, string? path, string? name, int? processId)
    {
        NamespaceReference reference = NamespaceReference.Parse(text);

        Assert.Equal((path, name, processId), (reference.Path, reference.Name, reference.ProcessId));
        Assert.Equal(string.IsNullOrEmpty(text), reference.IsCurrent);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\0b")]
    [InlineData("/run/netns/a\0b")]
    public void What_no_file_can_be_called_is_refused(string text) =>
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => NamespaceReference.Parse(text)).Id);

    [Fact]
    public void A_name_has_at_most_255_bytes()
    {
        NamespaceReference.RequireName(new string('n', 255));
        Assert.Throws<MacvtapException>(() => NamespaceReference.RequireName(new string('n', 256)));
        Assert.Throws<MacvtapException>(() => NamespaceReference.RequireName(new string('ü', 128)));
    }
}
