using MacvtapTools.Diagnosis;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Kernel.Tests.Links;
using MacvtapTools.Links;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Diagnosis;

/// <summary>A socket whose receive buffer has no room for the answers: the kernel does what it is asked and drops what it says (ENOBUFS).</summary>
public sealed class LostAnswerTests
{
    private const int SmallestBuffer = 2304; // SOCK_MIN_RCVBUF
    private const int Many = 90;

    [Fact]
    public void What_was_done_without_an_answer_is_taken_back_or_named()
    {
        using LinkBench bench = new();
        bench.Create(w => w with { Mode = LinkMode.Source, SourceAddress = ["02:ff:00:00:00:01"] });
        using NamespaceHandle place = NamespaceResolver.Open(bench.Namespace);
        using LinkSession session = LinkSession.Over(NamespaceRunner.Run(place, static () => NetlinkSocket.Open(TimeSpan.FromSeconds(5), SmallestBuffer)));
        var link = (MacvlanLink)bench["m0"];
        ListEditFailure failed = session.SourceAddresses.Add(link, [.. SourceAddresses.Make(Many)])!;
        MacvtapException failure = NameCauses.ExplainSourceAddresses(failed, link);
        Assert.Equal((FailureId.KernelError, FailureCause.MemoryExhausted, Errno.ENOBUFS), (failure.Id, failure.Cause, failure.Errno));
        Assert.Contains("Get-Link", failure.Advice, StringComparison.Ordinal);
        string[] left = [.. ((MacvlanLink)bench["m0"]).SourceAddress.Except(link.SourceAddress)];
        Assert.Subset(failed.Standing.ToHashSet(), left.ToHashSet());
    }
}
