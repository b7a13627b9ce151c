using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Namespaces;

public sealed class NamespaceRunnerTests
{
    private static string CurrentNamespace => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name;

    [Fact]
    public void The_calls_run_inside_and_the_caller_stays_where_it_is()
    {
        using Lab lab = new();
        using NamespaceHandle handle = NamespaceResolver.Open(lab.NewNamespace());
        string before = CurrentNamespace;
        int here = Environment.CurrentManagedThreadId;

        (string inside, int thread) = NamespaceRunner.Run(handle, () => (CurrentNamespace, Environment.CurrentManagedThreadId));

        Assert.Equal($"net:[{handle.Inode}]", inside);
        Assert.NotEqual(here, thread);
        Assert.Equal(before, CurrentNamespace);
    }

    [Fact]
    public void In_the_current_namespace_they_run_inline()
    {
        using NamespaceHandle handle = NamespaceResolver.Open((string?)null);

        Assert.Equal(Environment.CurrentManagedThreadId, NamespaceRunner.Run(handle, () => Environment.CurrentManagedThreadId));
    }

    [Fact]
    public void An_exception_comes_through_with_its_own_stack()
    {
        using Lab lab = new();
        using NamespaceHandle handle = NamespaceResolver.Open(lab.NewNamespace());

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => NamespaceRunner.Run(handle, Fail));

        Assert.Contains(nameof(Fail), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_opened_inside_fails_with_the_error_number_of_there()
    {
        using Lab lab = new();
        using NamespaceHandle handle = NamespaceResolver.Open(lab.NewNamespace());
        Marshal.SetLastPInvokeError((int)Errno.EBUSY);

        KernelException failure = Assert.Throws<KernelException>(() => NamespaceRunner.Open(handle, "open a file", static () => Libc.Open("/there/is/none", Libc.O_RDWR)));

        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Contains("open a file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_opened_inside_belongs_there_wherever_it_is_used()
    {
        using Lab lab = new();
        string one = lab.NewNamespace();
        string other = lab.NewNamespace();
        Lab.AddVeth(one, "a0", "b0", other);
        byte[] frame = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. new byte[50]];
        using PacketSocket sender = PacketSocket.Open(one, "a0");
        using PacketSocket receiver = PacketSocket.Open(other, "b0");

        sender.Send(frame);

        Assert.Equal(frame, receiver.Receive(received => received[12] == 0x88 && received[13] == 0xB5, TimeSpan.FromSeconds(5)));
    }

    private static int Fail() => throw new InvalidOperationException("inside");
}
