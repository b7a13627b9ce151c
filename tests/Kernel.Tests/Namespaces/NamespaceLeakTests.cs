using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Namespaces;

[Collection(nameof(Alone))]
public sealed class NamespaceLeakTests
{
    private const int Rounds = 2000;

    [Fact]
    public void Two_thousand_rounds_leave_no_descriptor_and_no_thread()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        for (int i = 0; i < 20; i++)
            Round(name);
        int descriptors = Count("fd");
        int threads = Count("task");

        for (int i = 0; i < Rounds; i++)
            Round(name);

        Assert.InRange(Count("fd"), 0, descriptors + 2); // the runtime may open one or two of its own
        Assert.InRange(Count("task"), 0, threads + 8);
    }

    [Fact]
    public void Failing_rounds_leave_no_descriptor()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        using NamespaceHandle handle = NamespaceResolver.Open(name);
        int descriptors = 0;
        for (int i = 0; i < Rounds; i++)
        {
            if (i == 20)
                descriptors = Count("fd");
            Assert.ThrowsAny<Exception>(() => NamespaceResolver.Open("/dev/null"));
            Assert.ThrowsAny<Exception>(() => NamespaceResolver.Open("/proc/self/ns/mnt"));
            Assert.ThrowsAny<Exception>(() => NamespaceStore.Create(name));
            Assert.ThrowsAny<Exception>(() => NamespaceRunner.Run<int>(handle, static () => throw KernelException.FromLastError("test")));
        }

        Assert.InRange(Count("fd"), 0, descriptors + 2);
    }

    private static void Round(string name)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(name);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);
        Assert.Equal("1", sysfs.ReadText("class/net/lo/ifindex"));
        using SafeFileHandle file = NamespaceRunner.Run(handle, static () => Libc.Open("/proc/thread-self/ns/net", Libc.O_RDONLY))!;
        Assert.False(file.IsInvalid);
    }

    private static int Count(string what) => Directory.GetFileSystemEntries($"/proc/self/{what}").Length;
}
