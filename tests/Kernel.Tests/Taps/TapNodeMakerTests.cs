using MacvtapTools.Failures;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapNodeMakerTests
{
    [Fact]
    public void A_shadowed_device_gets_a_node_of_its_own_and_the_kernels_is_not_touched()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        string before = Programs.Run("stat", "-c", "%i %u:%g %a %Hr:%Lr %z", pair.KernelPath);
        Assert.Equal(TapDeviceState.Shadowed, pair.LocateSecond().State);

        string path = pair.Maker.Make(pair.Second, pair.LocateSecond(), null);

        Assert.Equal($"{pair.Root}/{pair.Second.Namespace.Inode}/tap{pair.Index}", path);
        TapDevice device = pair.LocateSecond();
        Assert.Equal((path, TapDeviceState.Ready, true, "rw-------"), (device.Path, device.State, device.IsRepaired, device.Permission));
        using (SafeFileHandle node = TapNode.OpenVerified(device, pair.Second.Sysfs))
            Assert.Equal(1, Assert.Single(device.With(TapHolderScanner.Scan(new HashSet<DeviceNumber> { device.Device })).Holder!).QueueCount);
        Assert.Equal((pair.KernelPath, false), (pair.LocateFirst().Path, pair.LocateFirst().IsRepaired));
        Assert.Equal(path, pair.Maker.Make(pair.Second, device, null));

        Assert.True(pair.Maker.Remove(Assert.Single(pair.Store.Read())));

        Assert.False(Path.Exists(pair.Root));
        Assert.Empty(pair.Store.Read());
        Assert.Equal(TapDeviceState.Shadowed, pair.LocateSecond().State);
        Assert.Equal(before, Programs.Run("stat", "-c", "%i %u:%g %a %Hr:%Lr %z", pair.KernelPath));
    }

    [Fact]
    public void What_is_at_the_path_already_is_not_replaced()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        string path = lab.MakeNode(Path.Combine(lab.NewDirectory(), "node"), 1, 3);

        Assert.Equal(FailureId.TapNodeExists, Assert.Throws<MacvtapException>(() => pair.Maker.Make(pair.Second, pair.LocateSecond(), path)).Id);
        Assert.Equal(FailureId.TapNodeExists, Assert.Throws<MacvtapException>(() => pair.Maker.Make(pair.Second, pair.LocateSecond(), pair.KernelPath)).Id);

        Assert.Equal("1:3", Programs.Run("stat", "-c", "%Hr:%Lr", path).Trim());
        Assert.Empty(pair.Store.Read());
    }

    [Fact]
    public void A_node_that_somebody_else_put_in_the_place_is_not_removed()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        TapDevice second = pair.LocateSecond();
        string path = pair.Maker.Make(pair.Second, second, Path.Combine(lab.NewDirectory(), "node"));
        File.Delete(path);
        Programs.Run("mknod", path, "c", $"{second.Major}", $"{second.Minor}");

        Assert.Equal(FailureId.TapNodeNotOurs, Assert.Throws<MacvtapException>(() => pair.Maker.Remove(Assert.Single(pair.Store.Read()))).Id);

        Assert.True(Path.Exists(path));
        Assert.False(pair.LocateSecond(path).IsRepaired);
    }

    [Fact]
    public void A_node_that_is_gone_already_is_forgotten()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        File.Delete(pair.Maker.Make(pair.Second, pair.LocateSecond(), null));

        Assert.False(pair.Maker.Remove(Assert.Single(pair.Store.Read())));
        Assert.Empty(pair.Store.Read());
    }

    [Fact]
    public void A_node_is_orphaned_when_its_link_is_gone_and_not_when_it_was_renamed()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        string path = pair.Maker.Make(pair.Second, pair.LocateSecond(), null);
        TapNodeRecord record = Assert.Single(pair.Store.Read());
        Assert.False(TapNodeMaker.IsOrphaned(record, pair.First));
        string name = pair.Second.Reader.NetworkNamespace!;
        Lab.Ip(name, "link set mvt1 down");
        Lab.Ip(name, "link set mvt1 name other");
        Assert.False(TapNodeMaker.IsOrphaned(record, pair.First));

        Lab.Ip(name, "link delete other");

        Assert.True(TapNodeMaker.IsOrphaned(record, pair.First));
        // A new link of the name and index: the old node is in its private place, and must not be taken for its own.
        Lab.AddMacvtap(name, "mvt1", "v0", pair.Index);
        TapDevice device = pair.LocateSecond(pair.Maker.Make(pair.Second, pair.LocateSecond(), null));
        Assert.Equal((path, TapDeviceState.Ready, device.Device), (device.Path, device.State, device.Node!.Value));
    }

    [Theory]
    [InlineData("nodev", "nodev")]
    [InlineData("ro", "read-only")]
    public void A_directory_where_nodes_do_not_work_is_named(string option, string text)
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        string mount = lab.NewDirectory();
        Programs.Run("mount", "-t", "tmpfs", "-o", option, "none", mount);
        try
        {
            MacvtapException failure = Assert.Throws<MacvtapException>(() => pair.Maker.Make(pair.Second, pair.LocateSecond(), Path.Combine(mount, "node")));
            Assert.Equal(FailureId.TapNodeDirectoryUnusable, failure.Id);
            Assert.Contains(text, failure.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(mount));
        }
        finally
        {
            Programs.Run("umount", mount);
        }
    }

    [Fact]
    public void A_directory_that_others_can_write_to_is_not_trusted()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        string directory = lab.NewDirectory();
        Programs.Run("chmod", "0777", directory);
        Assert.Equal(FailureId.TapNodeDirectoryUnusable, Assert.Throws<MacvtapException>(() => pair.Maker.Make(pair.Second, pair.LocateSecond(), Path.Combine(directory, "node"))).Id);

        pair.Maker.Make(pair.Second, pair.LocateSecond(), null);
        Assert.Single(pair.Store.Read());
        Programs.Run("chmod", "0777", Path.Combine(Path.GetDirectoryName(pair.Root)!, "records"));
        Assert.Empty(pair.Store.Read());
        Assert.Equal(TapDeviceState.Shadowed, pair.LocateSecond().State);
    }

    [Fact]
    public void Where_nothing_can_be_written_down_no_node_stands()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.DeviceNodes();
        string directory = lab.NewDirectory();
        TapNodeMaker maker = new(new TapNodeStore(Path.Combine(directory, "missing", "records")));

        Assert.Throws<MacvtapException>(() => maker.Make(pair.Second, pair.LocateSecond(), Path.Combine(directory, "node")));

        Assert.Empty(Directory.GetFileSystemEntries(directory));
    }

    [Fact]
    public void Without_the_right_to_make_nodes_it_says_so()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.OtherUsers();
        TapDevice second = pair.LocateSecond();
        string directory = lab.NewDirectory();

        MacvtapException failure = Assert.Throws<MacvtapException>(() => AsOtherUser.Run(() => pair.Maker.Make(pair.Second, second, Path.Combine(directory, "node")), 65534));

        Assert.Equal(FailureId.AccessDenied, failure.Id);
        Assert.Contains("CAP_MKNOD", failure.Advice, StringComparison.Ordinal);
    }
}
