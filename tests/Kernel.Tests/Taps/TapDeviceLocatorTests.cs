using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapDeviceLocatorTests
{
    private const int UnprivilegedUser = 65534;

    [Fact]
    public void The_kernels_own_node_is_ready_and_opens()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);

        TapDevice tap = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        using (sysfs)
        {
            Assert.Equal(TapDeviceState.Ready, tap.State);
            Assert.Equal(($"/dev/tap{index}", "mvt0", index, name), (tap.Path, tap.Name, tap.InterfaceIndex, tap.NetworkNamespace));
            Assert.Equal(("root", "root", "rw-------"), (tap.Owner, tap.Group, tap.Permission));
            Assert.Equal((tap.Major, tap.Minor), (tap.NodeMajor, tap.NodeMinor));
            Assert.Equal(Programs.Run("stat", "-c", "%Hr:%Lr", tap.Path).Trim(), $"{tap.NodeMajor}:{tap.NodeMinor}");
            Assert.Equal(tap.Path, tap.ToString());
            using SafeFileHandle node = TapNode.OpenVerified(tap, sysfs);
            Assert.Equal($"/dev/tap{index}", File.ResolveLinkTarget($"/proc/self/fd/{node.DangerousGetHandle()}", false)!.FullName);
        }
    }

    [Fact]
    public void With_the_same_index_in_two_namespaces_the_second_is_shadowed_and_the_firsts_node_is_never_opened()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string first = lab.NewNamespaceWithMacvtap("mvt0", index);
        string second = lab.NewNamespaceWithMacvtap("mvt0", index);

        TapDevice ready = Locate(first, "mvt0", index, out NamespaceSysfs firstSysfs);
        TapDevice shadowed = Locate(second, "mvt0", index, out NamespaceSysfs secondSysfs);
        firstSysfs.Dispose();
        using (secondSysfs)
        {
            Assert.Equal(TapDeviceState.Ready, ready.State);
            Assert.Equal(TapDeviceState.Shadowed, shadowed.State);
            Assert.Equal(ready.Path, shadowed.Path);
            Assert.NotEqual(ready.Device, shadowed.Device);
            Assert.Equal(ready.Device, shadowed.Node);

            // With all 256 queues of the first one in use, to open its node even for a moment would be EBUSY.
            List<SafeFileHandle> queues = [];
            try
            {
                for (int i = 0; i < 256; i++)
                    queues.Add(TapNode.OpenVerified(ready));
                Assert.Equal(FailureId.LinkBusy, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(ready)).Id);

                MacvtapException failure = Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(shadowed, secondSysfs));
                Assert.Equal(FailureId.TapDeviceShadowed, failure.Id);
                Assert.Contains(second, failure.Message, StringComparison.Ordinal);
                Assert.Contains($"{ready.Device}", failure.Message, StringComparison.Ordinal);
                Assert.Same(shadowed, failure.Target);
            }
            finally
            {
                queues.ForEach(queue => queue.Dispose());
            }
        }
    }

    [Fact]
    public void A_removed_node_is_missing()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        File.Delete($"/dev/tap{index}");

        TapDevice tap = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        sysfs.Dispose();

        Assert.Equal(TapDeviceState.Missing, tap.State);
        Assert.Equal((null, null, null, null), (tap.Owner, tap.Permission, tap.NodeMajor, tap.NodeMinor));
        Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(tap)).Id);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("directory")]
    [InlineData("link")]
    public void What_is_no_device_is_not_taken_for_one(string what)
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        string path = $"/dev/tap{index}";
        TapDevice before = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        string moved = Path.Combine(lab.NewDirectory(), "moved");
        Programs.Run("mv", path, moved); // File.Move might copy, and read the device
        lab.Own(path);
        switch (what)
        {
            case "file":
                File.WriteAllText(path, "");
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            default:
                // It leads to the right device; but who made it can let it lead elsewhere at any time.
                File.CreateSymbolicLink(path, moved);
                break;
        }

        TapDevice tap = Locate(name, "mvt0");
        sysfs.Dispose();

        Assert.Equal(TapDeviceState.NotADevice, tap.State);
        Assert.Null(tap.NodeMajor);
        Assert.Equal(FailureId.TapDeviceMismatch, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(tap)).Id);
        Assert.Equal(FailureId.TapDeviceMismatch, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(before)).Id);
    }

    [Fact]
    public void A_node_that_was_swapped_after_the_look_is_not_opened()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice tap = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        sysfs.Dispose();
        Assert.Equal(TapDeviceState.Ready, tap.State);
        File.Delete(tap.Path);
        lab.MakeNode(tap.Path, 1, 3); // /dev/null

        Assert.Equal(FailureId.TapDeviceShadowed, Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(tap)).Id);
    }

    [Fact]
    public void Another_users_node_gives_no_access()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        Requires.OtherUsers();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice ours = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        using (sysfs)
        {
            TapDevice theirs = AsOtherUser.Run(() => Locate(name, "mvt0"), UnprivilegedUser);

            Assert.Equal((TapDeviceState.Ready, TapDeviceState.NoAccess), (ours.State, theirs.State));
            MacvtapException failure = AsOtherUser.Run(() => Assert.Throws<MacvtapException>(() => TapNode.OpenVerified(theirs)), UnprivilegedUser);
            Assert.Equal(FailureId.AccessDenied, failure.Id);
            Assert.Contains("root", failure.Advice, StringComparison.Ordinal);

            Programs.Run("chown", $"{UnprivilegedUser}:{UnprivilegedUser}", ours.Path);
            TapDevice granted = AsOtherUser.Run(() => Locate(name, "mvt0"), UnprivilegedUser);
            Assert.Equal(TapDeviceState.Ready, granted.State);
            Assert.Equal(Programs.Run("stat", "-c", "%U", ours.Path).Trim().Replace("UNKNOWN", $"{UnprivilegedUser}", StringComparison.Ordinal), granted.Owner);

            Programs.Run("chmod", "0440", ours.Path);
            TapDevice readable = AsOtherUser.Run(() => Locate(name, "mvt0"), UnprivilegedUser);
            Assert.Equal((TapDeviceState.NoAccess, "r--r-----"), (readable.State, readable.Permission));
        }
    }

    [Fact]
    public void A_user_without_a_name_is_given_as_a_number()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        Programs.Run("chown", "4123456:4123457", $"/dev/tap{index}");

        TapDevice tap = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        sysfs.Dispose();

        Assert.Equal(("4123456", "4123457"), (tap.Owner, tap.Group));
    }

    [Fact]
    public void A_link_without_a_tap_device_and_a_link_that_is_gone_are_told_apart()
    {
        using Lab lab = new();
        string name = lab.NewNamespaceWithMacvtap("mvt0", Lab.NewIndex());
        using LinkSession session = LinkSession.Open(name);
        Link macvtap = session.Reader.Find("mvt0")!;
        Lab.Ip(name, "link delete mvt0");
        TapDeviceLocator locator = new();

        MacvtapException loopback = Assert.Throws<MacvtapException>(() => locator.Locate(session, session.Reader.Find("lo")!));
        MacvtapException gone = Assert.Throws<MacvtapException>(() => locator.Locate(session, macvtap));

        Assert.Equal((FailureId.NotMacvtapLink, FailureId.TapDeviceNotFound), (loopback.Id, gone.Id));
        Assert.Contains("gone", gone.Message, StringComparison.Ordinal);
        Assert.Null(TapDeviceLocator.FindDevice("../net/lo", 1, session.Sysfs));
    }

    [Fact]
    public void A_renamed_link_is_found_by_its_new_name()
    {
        using Lab lab = new();
        Requires.KernelDevices();
        int index = Lab.NewIndex();
        string name = lab.NewNamespaceWithMacvtap("mvt0", index);
        TapDevice before = Locate(name, "mvt0", index, out NamespaceSysfs sysfs);
        using (sysfs)
        {
            Lab.Ip(name, "link set mvt0 down");
            Lab.Ip(name, "link set mvt0 name mvt9");

            TapDevice after = Locate(name, "mvt9");

            Assert.Equal((before.Device, TapDeviceState.Ready), (after.Device, after.State));
        }
    }

    internal static TapDevice Locate(string networkNamespace, string link, int index, out NamespaceSysfs sysfs)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(networkNamespace);
        sysfs = NamespaceSysfs.Open(handle);
        TapDevice found = Locate(networkNamespace, link);
        Assert.Equal(index, found.InterfaceIndex);
        return found;
    }

    private static TapDevice Locate(string networkNamespace, string link)
    {
        using LinkSession session = LinkSession.Open(networkNamespace);
        return new TapDeviceLocator().Locate(session, session.Reader.Find(link)!);
    }
}
