using MacvtapTools.Interop;
using MacvtapTools.Netlink;
using MacvtapTools.Tests.Netlink;
using MacvtapTools.Tests.Route;
using MacvtapTools.Tracing;
using Xunit;

namespace MacvtapTools.Tests.Tracing;

public sealed class MessageTextTests(ITestOutputHelper output)
{
    [Fact]
    public void A_request_is_written_down_attribute_by_attribute()
    {
        Assert.Equal(
            """
            RTM_NEWLINK, 100 bytes, sequence 100, port 0 REQUEST ACK ECHO EXCL CREATE
              family 0, index 0, flags 0x0, change 0x0
              IFLA_IFNAME "mvt0"
              IFLA_LINK 10
              IFLA_ADDRESS 02:00:00:00:00:aa
              IFLA_TXQLEN 1000
              IFLA_LINKINFO
                IFLA_INFO_KIND "macvtap"
                IFLA_INFO_DATA
                  IFLA_MACVLAN_MODE 4
            """,
            MessageText.Annotate(GoldenRequest.All[0].Bytes),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Each_golden_request_has_a_name_for_all_that_is_in_it() =>
        Assert.All(GoldenRequest.All, request => Assert.DoesNotMatch("attribute [0-9]|message type", MessageText.Annotate(request.Bytes)));

    [Fact]
    public void A_dump_and_a_change_read_the_same_bits_differently()
    {
        Assert.Contains("REQUEST DUMP", MessageText.Annotate(Wire.Message(18, 1, new byte[16], NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP)), StringComparison.Ordinal);
        Assert.Contains("REQUEST REPLACE EXCL", MessageText.Annotate(Wire.Message(16, 1, new byte[16], NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP)), StringComparison.Ordinal);
        Assert.Contains("CAPPED", MessageText.Annotate(Wire.Message(NetlinkConstants.NLMSG_ERROR, 1, new byte[20], NetlinkConstants.NLM_F_CAPPED)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_has_the_kernels_words_and_the_place() =>
        Assert.EndsWith("EINVAL: \"that is wrong\" (attribute at byte 44 of the request)", MessageText.Annotate(Wire.Error(1, Errno.EINVAL, "that is wrong", 44)), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_cut_off_is_written_down_as_far_as_it_goes()
    {
        foreach (GoldenRequest request in GoldenRequest.All)
        {
            // The message claims to be shorter, so that the attributes are cut, not the message.
            for (int length = NetlinkConstants.MessageHeaderLength; length < request.Bytes.Length; length++)
            {
                byte[] cut = request.Bytes[..length];
                BitConverter.TryWriteBytes(cut, length);
                Assert.StartsWith("RTM_", MessageText.Annotate(cut), StringComparison.Ordinal);
            }

            Assert.EndsWith("cannot be)", MessageText.Annotate(request.Bytes.AsSpan()[..^1]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Attribute_numbers_are_those_of_the_headers()
    {
        if (HeaderProgram.Obstacle() is { } obstacle) Assert.Skip(obstacle);
        AttributeName[] names = [.. AttributeScopes.All.SelectMany(scope => scope.Names)];
        Dictionary<string, long> numbers = HeaderProgram.Evaluate([.. names.Select(n => n.Name)], out List<string> lacking);
        output.WriteLine($"The installed headers lack {lacking.Count} of {names.Length}: {string.Join(", ", lacking)}.");
        Assert.Empty(names.Where(n => numbers.TryGetValue(n.Name, out long number) && number != n.Number).Select(n => $"{n.Name} is {numbers[n.Name]}, not {n.Number}"));
        Assert.True(lacking.Count * 5 < names.Length, "More than a fifth of the names is not in the headers.");
    }
}
