using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Taps;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Taps;

public sealed class TapAccessEditorTests
{
    private const uint Guest = 54321;
    private const uint Stranger = 54322;
    private const uint Team = 54323;

    [Fact]
    public void The_user_can_open_it_and_others_cannot_and_revoking_leaves_it_as_it_was()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.OtherUsers();
        TapDevice device = pair.LocateFirst();
        string before = Describe(device.Path);
        Assert.False(CanOpen(device.Path, Guest, Guest));

        TapAccessEditor.Grant(device, pair.First.Sysfs, User(Guest));

        Assert.True(CanOpen(device.Path, Guest, Guest));
        Assert.False(CanOpen(device.Path, Stranger, Stranger));
        TapDeviceAccess entry = Assert.Single(pair.LocateFirst().AccessList!);
        Assert.Equal((TapAccountKind.User, (long)Guest, TapAccess.ReadWrite, TapAccess.ReadWrite), (entry.Kind, entry.Id, entry.Access, entry.EffectiveAccess));

        TapAccessEditor.Revoke(pair.LocateFirst(), pair.First.Sysfs, User(Guest));

        Assert.False(CanOpen(device.Path, Guest, Guest));
        Assert.Equal(before, Describe(device.Path));
        Assert.Empty(pair.LocateFirst().AccessList!);
    }

    [Fact]
    public void The_list_is_what_getfacl_reads_and_a_chmod_shows_as_less_effective_access()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.Program("getfacl");
        TapDevice device = pair.LocateFirst();

        TapAccessEditor.Grant(device, pair.First.Sysfs, User(Guest));
        TapAccessEditor.Grant(device, pair.First.Sysfs, new TapAccessChange(TapAccountKind.Group, Team, $"{Team}", TapAccess.Read));
        Assert.Equal(["user::rw-", $"user:{Guest}:rw-", "group::---", $"group:{Team}:r--", "mask::rw-", "other::---"], Getfacl(device.Path));
        Assert.Equal([$"user:{Guest}:rw-", $"group:{Team}:r--"], pair.LocateFirst().AccessList!.Select(e => e.ToString()));

        Programs.Run("chmod", "0600", device.Path);
        Assert.All(pair.LocateFirst().AccessList!, e => Assert.Equal(TapAccess.None, e.EffectiveAccess));

        // Somebody took it away from the first two: giving it to a third must not give it back to them.
        TapAccessEditor.Grant(device, pair.First.Sysfs, User(Stranger));
        Assert.Equal([TapAccess.None, TapAccess.ReadWrite, TapAccess.None], pair.LocateFirst().AccessList!.Select(e => e.EffectiveAccess));
    }

    [Fact]
    public void A_group_can_open_it()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.OtherUsers();
        TapDevice device = pair.LocateFirst();

        TapAccessEditor.Grant(device, pair.First.Sysfs, new TapAccessChange(TapAccountKind.Group, Team, $"{Team}", TapAccess.ReadWrite));

        Assert.True(CanOpen(device.Path, Stranger, Team));
        Assert.False(CanOpen(device.Path, Stranger, Stranger));
    }

    [Theory]
    [InlineData(TapAccountKind.User)]
    [InlineData(TapAccountKind.Group)]
    public void Ownership_is_given_and_given_back(TapAccountKind kind)
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        Requires.OtherUsers();
        TapDevice device = pair.LocateFirst();
        string before = Describe(device.Path);
        TapAccessChange change = new(kind, Guest, $"{Guest}", TapAccess.ReadWrite, IsOwnership: true);

        TapAccessEditor.Grant(device, pair.First.Sysfs, change);

        Assert.True(CanOpen(device.Path, kind == TapAccountKind.User ? Guest : Stranger, kind == TapAccountKind.User ? Stranger : Guest));
        Assert.False(CanOpen(device.Path, Stranger, Stranger));
        Assert.Empty(pair.LocateFirst().AccessList!);
        Assert.Equal(FailureId.TapAccessNotFound, Assert.Throws<MacvtapException>(() => TapAccessEditor.Revoke(device, pair.First.Sysfs, change with { Id = Stranger })).Id);

        TapAccessEditor.Revoke(device, pair.First.Sysfs, change);

        Assert.Equal(before, Describe(device.Path));
    }

    [Fact]
    public void Where_the_file_system_keeps_no_lists_ownership_is_what_is_left()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        string mount = lab.NewDirectory();
        Programs.Run("mount", "-t", "ramfs", "none", mount);
        try
        {
            TapDevice bare = pair.LocateFirst();
            TapDevice device = pair.LocateFirst(pair.Maker.Make(pair.First, bare, Path.Combine(mount, "node")));
            Assert.Equal(TapDeviceState.Ready, device.State);
            Assert.Null(device.AccessList);

            MacvtapException failure = Assert.Throws<MacvtapException>(() => TapAccessEditor.Grant(device, pair.First.Sysfs, User(Guest)));
            Assert.Equal((FailureId.AccessListNotSupported, Errno.EOPNOTSUPP), (failure.Id, failure.Errno));
            Assert.Contains("-Ownership", failure.Advice, StringComparison.Ordinal);

            TapAccessEditor.Grant(device, pair.First.Sysfs, new TapAccessChange(TapAccountKind.Group, Team, $"{Team}", TapAccess.Read, IsOwnership: true));
            Assert.Equal($"0:{Team} 640", Programs.Run("stat", "-c", "%u:%g %a", device.Path).Trim());
        }
        finally
        {
            Programs.Run("umount", mount);
        }
    }

    [Fact]
    public void A_node_of_another_link_gets_nothing()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        string before = Describe(pair.KernelPath);

        Assert.Equal(FailureId.TapDeviceShadowed, Assert.Throws<MacvtapException>(() => TapAccessEditor.Grant(pair.LocateSecond(), pair.Second.Sysfs, User(Guest))).Id);

        Assert.Equal(before, Describe(pair.KernelPath));
    }

    [Fact]
    public void A_node_that_takes_the_place_between_check_and_use_gets_nothing()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        (string path, string own, string foreign) = Stage(lab, pair);
        string before = Describe(foreign);
        TapAccessEditor.BeforeChange = () => Replace(path, foreign);
        try
        {
            TapAccessEditor.Grant(pair.LocateFirst(path), pair.First.Sysfs, User(Guest));
        }
        finally
        {
            TapAccessEditor.BeforeChange = null;
        }

        Assert.Equal(pair.LocateSecond(path).Device, pair.LocateSecond(path).Node);
        Assert.Equal(before, Describe(foreign));
        Assert.Contains($"user:{Guest}:rw-", Getfacl(own));
    }

    [Fact]
    public void If_the_link_goes_between_check_and_use_what_was_given_is_taken_back()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        (string path, string own, _) = Stage(lab, pair);
        string before = Describe(own);
        TapAccessEditor.BeforeChange = () => Lab.Ip(pair.First.Reader.NetworkNamespace!, "link delete mvt0");
        try
        {
            Assert.Equal(FailureId.TapDeviceNotFound, Assert.Throws<MacvtapException>(() => TapAccessEditor.Grant(pair.LocateFirst(path), pair.First.Sysfs, User(Guest))).Id);
        }
        finally
        {
            TapAccessEditor.BeforeChange = null;
        }

        Assert.Equal(before, Describe(own));
    }

    [Fact]
    public void While_another_thread_keeps_swapping_nodes_only_the_links_own_is_opened_and_given()
    {
        using Lab lab = new();
        using TapPair pair = new(lab);
        (string path, string own, string foreign) = Stage(lab, pair);
        TapDevice device = pair.LocateFirst(path);
        string before = Describe(foreign);
        using CancellationTokenSource end = new();
        Thread swapper = new(() =>
        {
            while (!end.IsCancellationRequested)
            {
                Replace(path, foreign);
                Replace(path, own);
            }
        });
        swapper.Start();
        int opened = 0;
        int given = 0;
        int refused = 0;
        try
        {
            long deadline = Environment.TickCount64 + 30_000;
            while ((opened < 20 || given < 200 || refused < 200) && Environment.TickCount64 < deadline)
            {
                Attempt(() => TapAccessEditor.Grant(device, pair.First.Sysfs, User(Guest)), ref given, ref refused);
                if (opened >= 20) continue;
                Attempt(
                    () =>
                    {
                        using SafeFileHandle node = TapNode.OpenVerified(device, pair.First.Sysfs);
                        Assert.True(Libc.Status(node, out FileStatus status));
                        Assert.Equal(device.Device, new DeviceNumber(status.NodeMajor, status.NodeMinor));
                    },
                    ref opened,
                    ref refused);
            }
        }
        finally
        {
            end.Cancel();
            swapper.Join();
        }

        Assert.True(opened >= 20 && given >= 200 && refused >= 200, $"{opened} opened, {given} given, {refused} refused: the swaps did not race.");
        Assert.Equal(before, Describe(foreign));
    }

    private static void Attempt(Action work, ref int done, ref int refused)
    {
        try
        {
            work();
            done++;
        }
        catch (MacvtapException failure) when (failure.Id == FailureId.TapDeviceShadowed)
        {
            refused++;
        }
    }

    /// <summary>A path that is a node of the first link; that node, and one of the second link.</summary>
    private static (string Path, string Own, string Foreign) Stage(Lab lab, TapPair pair)
    {
        string directory = lab.NewDirectory();
        TapDevice first = pair.LocateFirst();
        TapDevice second = pair.LocateSecond();
        string own = lab.MakeNode(Path.Combine(directory, "own"), first.Major, first.Minor);
        string foreign = lab.MakeNode(Path.Combine(directory, "foreign"), second.Major, second.Minor);
        string path = Path.Combine(directory, "node");
        Replace(path, own);
        return (path, own, foreign);
    }

    private static void Replace(string path, string by)
    {
        string other = path + ".new";
        Assert.Equal(0, LabNative.HardLink(by, other));
        Assert.Equal(0, LabNative.Rename(other, path));
    }

    private static TapAccessChange User(uint id) => new(TapAccountKind.User, id, $"{id}", TapAccess.ReadWrite);

    private static bool CanOpen(string path, uint user, uint group) =>
        Programs.Try("setpriv", "--reuid", $"{user}", "--regid", $"{group}", "--clear-groups", "sh", "-c", $"exec 3<>{path}").ExitCode == 0;

    /// <summary>Owner, group, permission, and whether there is an access list ("+", as ls(1) marks it).</summary>
    private static string Describe(string path) => Programs.Run("stat", "-c", "%u:%g %A", path).Trim() + (Programs.Run("ls", "-ln", path)[10] == '+' ? "+" : string.Empty);

    private static string[] Getfacl(string path)
    {
        Requires.Program("getfacl");
        return [.. Programs.Run("getfacl", "-cnpE", path).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
