using System.Diagnostics;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapHolderScannerTests
{
    [Fact]
    public void A_device_that_nobody_has_open_has_no_holder()
    {
        using Lab lab = new();
        TapDevice tap = NewTap(lab);

        Assert.Null(tap.Holder);
        Assert.Empty(tap.With(TapHolderScanner.Scan(new HashSet<DeviceNumber> { tap.Device })).Holder!);
    }

    [Fact]
    public void Our_own_descriptors_are_found_and_counted()
    {
        using Lab lab = new();
        TapDevice tap = NewTap(lab);
        TapDevice other = NewTap(lab);
        using SafeFileHandle queue = TapNode.OpenVerified(tap);
        using SafeFileHandle second = TapNode.OpenVerified(tap);
        using SafeFileHandle copy = new(LabNative.Duplicate(queue.DangerousGetHandle()), ownsHandle: true);
        using SafeFileHandle others = TapNode.OpenVerified(other);

        TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { tap.Device, other.Device });

        TapHolder holder = Assert.Single(tap.With(scan).Holder!);
        Assert.Equal((Environment.ProcessId, 3), (holder.ProcessId, holder.DescriptorCount));
        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), holder.ProgramName);
        Assert.Equal($"{holder.ProgramName}({Environment.ProcessId})", holder.ToString());
        Assert.Equal(1, Assert.Single(scan.HoldersOf(other.Device)).DescriptorCount);
    }

    [Fact]
    public void A_holder_that_came_by_another_node_is_found_even_when_that_is_deleted()
    {
        using Lab lab = new();
        TapDevice tap = NewTap(lab);
        string path = lab.MakeNode(Path.Combine(lab.NewDirectory(), "nothing-like-a-tap"), tap.Major, tap.Minor);
        using Process reader = Programs.Start("sh", ["-c", $"exec cat 3<>{path}"]);
        try
        {
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{reader.Id}/comm").Trim() == "cat", 5000));
            File.Delete(path);

            TapHolder holder = Assert.Single(TapHolderScanner.Scan(new HashSet<DeviceNumber> { tap.Device }).HoldersOf(tap.Device));

            Assert.Equal((reader.Id, "cat", 1), (holder.ProcessId, holder.ProgramName, holder.DescriptorCount));
        }
        finally
        {
            reader.StandardInput.Close();
            reader.WaitForExit();
        }
    }

    [Fact]
    public void A_shadowed_device_does_not_get_the_holders_of_the_node_at_its_path()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string first = lab.NewNamespaceWithMacvtap("mvt0", index);
        string second = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice ready = TapDeviceLocatorTests.Locate(first, "mvt0", index, out NamespaceSysfs sysfs);
        sysfs.Dispose();
        TapDevice shadowed = TapDeviceLocatorTests.Locate(second, "mvt0", index, out sysfs);
        sysfs.Dispose();
        using SafeFileHandle queue = TapNode.OpenVerified(ready);

        TapHolderScan scan = TapHolderScanner.Scan(new HashSet<DeviceNumber> { ready.Device, shadowed.Device });

        Assert.Single(ready.With(scan).Holder!);
        Assert.Empty(shadowed.With(scan).Holder!);
    }

    [Fact]
    public void It_says_whether_it_could_look_into_all_processes()
    {
        Requires.OtherUsers();
        // Process 1 may be out of reach even for root: in a container, or when it has a capability that this process lacks (ptrace(2)).
        bool seesAll = Libc.Status(Libc.AT_FDCWD, "/proc/self/ns/pid", 0, out FileStatus status) && status.Inode == 0xEFFFFFFC
            && Programs.Try("stat", "-L", "/proc/1/fd/0").ExitCode == 0;

        Assert.Equal(seesAll, TapHolderScanner.Scan(new HashSet<DeviceNumber>()).IsComplete);
        Assert.False(AsOtherUser.Run(() => TapHolderScanner.Scan(new HashSet<DeviceNumber>()).IsComplete, 65534));
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => TapHolderScanner.Scan(new HashSet<DeviceNumber>(), new CancellationToken(canceled: true)));

    private static TapDevice NewTap(Lab lab)
    {
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice tap = TapDeviceLocatorTests.Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        sysfs.Dispose();
        return tap;
    }
}
