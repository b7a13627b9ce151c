using MacvtapTools.Failures;
using MacvtapTools.Kernel.Tests.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

/// <summary>An endpoint tells what has become of its link, where the kernel says nothing.</summary>
public sealed class EndpointStateTests
{
    [Fact]
    public void A_link_that_is_switched_off_is_down_for_a_sender_and_silent_for_a_receiver_until_it_is_back()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint first = bench.Open("mvt0");
        TapEndpoint second = bench.Open("mvt1");
        Assert.Equal(TapEndpointState.Open, EndpointBench.Await(first, TapEndpointState.Open));
        byte[] frame = TestFrames.Make(second.MacAddress, first.MacAddress, 1);

        Lab.Ip(bench.Namespace, "link set mvt0 down");
        Assert.Equal(TapEndpointState.LinkDown, first.State);
        Assert.Equal(FailureId.LinkDown, Assert.Throws<MacvtapException>(() => first.Send(frame)).Id);
        Assert.Null(EndpointBench.Next(first, 1, TimeSpan.FromMilliseconds(100)));

        Lab.Ip(bench.Namespace, "link set mvt0 up");
        Assert.Equal(TapEndpointState.Open, EndpointBench.Await(first, TapEndpointState.Open));
        first.Send(frame);
        Assert.Equal(frame, EndpointBench.Next(second, 1));
    }

    [Fact]
    public void A_lower_device_that_is_switched_off_takes_the_link_down()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapEndpoint endpoint = bench.Open("mvt0");
        Assert.Equal(TapEndpointState.Open, EndpointBench.Await(endpoint, TapEndpointState.Open));
        Lab.Ip(bench.Namespace, "link set v0 down");
        Assert.Equal(TapEndpointState.LinkDown, EndpointBench.Await(endpoint, TapEndpointState.LinkDown));
        Lab.Ip(bench.Namespace, "link set v0 up");
        Assert.Equal(TapEndpointState.Open, EndpointBench.Await(endpoint, TapEndpointState.Open));
    }

    [Theory]
    [InlineData("mvt0")]
    [InlineData("v0")]
    public void A_sender_in_the_middle_of_a_stream_learns_that_its_link_is_gone(string deleted)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapEndpoint endpoint = bench.Open("mvt0");
        byte[] frame = TestFrames.Make("02:00:00:00:00:99", endpoint.MacAddress, 1);
        endpoint.Send(frame);
        Thread deleter = new(() => Lab.Ip(bench.Namespace, $"link delete {deleted}"));
        deleter.Start();
        long end = Environment.TickCount64 + (long)EndpointBench.Patience.TotalMilliseconds;
        MacvtapException failure = Assert.Throws<MacvtapException>(() =>
        {
            while (Environment.TickCount64 < end) endpoint.Send(frame);
        });
        deleter.Join();
        Assert.Equal(FailureId.TapDeviceNotFound, failure.Id);
        Assert.Equal(TapEndpointState.Gone, endpoint.State);
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => endpoint.TryReceive(new byte[100], TimeSpan.MaxValue, out _)).Id);
    }

    [Fact]
    public void A_link_that_moved_to_another_namespace_with_a_new_name_keeps_its_endpoint()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0", "mvt1");
        TapEndpoint first = bench.Open("mvt0");
        TapEndpoint second = bench.Open("mvt1");
        string there = lab.NewNamespace();
        Lab.Ip(bench.Namespace, $"link set mvt0 netns {there} name moved");
        Assert.Equal(TapEndpointState.LinkDown, first.State);
        Lab.Ip(there, "link set moved up");
        Assert.Equal(TapEndpointState.Open, EndpointBench.Await(first, TapEndpointState.Open));
        first.Send(TestFrames.Make(second.MacAddress, first.MacAddress, 1));
        Assert.NotNull(EndpointBench.Next(second, 1));
        second.Send(TestFrames.Make(first.MacAddress, second.MacAddress, 2));
        Assert.NotNull(EndpointBench.Next(first, 2));
        Lab.Ip(there, "link delete moved");
        Assert.Equal(TapEndpointState.Gone, first.State);
    }

    [Fact]
    public void A_closed_endpoint_says_so_whatever_it_is_asked()
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        TapEndpoint endpoint = bench.Open("mvt0", new TapEndpointOptions { VnetHeader = true, QueueCount = 2 });
        endpoint.Dispose();
        endpoint.Dispose();
        Assert.Equal(TapEndpointState.Closed, endpoint.State);
        Assert.Empty(endpoint.DescriptorNumber);
        Assert.Null(endpoint.Queue[1].DescriptorNumber);
        Action[] uses =
        [
            () => endpoint.Send(new byte[100]),
            () => endpoint.Queue[1].Send(new byte[100]),
            () => endpoint.TryReceive(new byte[100], TimeSpan.Zero, out _),
            () => endpoint.Queue[1].TryReceive(new byte[100], TimeSpan.Zero, out _),
            () => _ = endpoint.MacAddress,
            () => endpoint.VnetHeaderSize = 12,
            () => endpoint.Offload = TapOffload.Checksum,
        ];
        Assert.All(uses, use => Assert.Equal(FailureId.TapEndpointClosed, Assert.Throws<MacvtapException>(use).Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_wait_can_be_stopped(int queues)
    {
        using Lab lab = new();
        using EndpointBench bench = new(lab, "mvt0");
        Lab.Ip(bench.Namespace, "link set mvt0 down");
        TapEndpoint endpoint = bench.Open("mvt0", new TapEndpointOptions { QueueCount = queues });
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        Assert.Throws<OperationCanceledException>(() =>
        {
            byte[] buffer = new byte[2000];
            while (endpoint.TryReceive(buffer, EndpointBench.Patience, out _, stop.Token))
            {
            }
        });
    }
}
