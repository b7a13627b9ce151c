using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Namespaces;

public sealed class NamespaceStoreTests
{
    [Fact]
    public void A_created_namespace_is_one_that_ip_knows_and_can_use()
    {
        using Lab lab = new();
        string name = lab.NewName();

        NetworkNamespace created = NamespaceStore.Create(name);

        Assert.Equal((name, $"/run/netns/{name}", false), (created.Name, created.Path, created.IsCurrent));
        Assert.Contains(name, NamesOfIp());
        Assert.Equal("lo", Assert.Single(Lab.IpJson(name, "link show").EnumerateArray()).GetProperty("ifname").GetString());
        Assert.Equal(created.Inode.ToString(), Programs.Run("stat", "-L", "-c", "%i", created.Path).Trim());
    }

    [Fact]
    public void What_ip_made_is_listed_in_order_and_can_be_deleted()
    {
        using Lab lab = new();
        string first = lab.NewNamespace();
        string second = lab.NewNamespace();

        string[] listed = [.. NamespaceStore.List().Select(found => found.Name!)];

        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
        Assert.Contains(first, listed);
        NamespaceStore.Delete(first);
        Assert.DoesNotContain(first, NamesOfIp());
        Assert.False(File.Exists($"/run/netns/{first}"));
        Assert.Contains(second, NamesOfIp());
    }

    [Fact]
    public void An_existing_name_is_refused_and_its_namespace_stays()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        NetworkNamespace before = Assert.Single(NamespaceStore.List(), found => found.Name == name);

        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceStore.Create(name));

        Assert.Equal(FailureId.NetworkNamespaceExists, failure.Id);
        Assert.Equal(before, Assert.Single(NamespaceStore.List(), found => found.Name == name));
    }

    [Fact]
    public void Deleting_a_name_that_is_not_there_says_so()
    {
        using Lab lab = new();

        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceStore.Delete(lab.NewName()));

        Assert.Equal(FailureId.NetworkNamespaceNotFound, failure.Id);
    }

    [Fact]
    public void A_leftover_file_is_reported_not_listed_and_can_be_deleted()
    {
        using Lab lab = new();
        lab.NewNamespace(); // so that the directory exists
        string name = lab.NewName();
        File.WriteAllText(lab.Own($"/run/netns/{name}"), "");
        List<MacvtapException> skipped = [];

        Assert.DoesNotContain(NamespaceStore.List(skipped.Add), found => found.Name == name);

        Assert.Equal(FailureId.ParameterInvalid, Assert.Single(skipped, failure => Equals(failure.Target, name)).Id);
        NamespaceStore.Delete(name);
        Assert.False(File.Exists($"/run/netns/{name}"));
    }

    [Fact]
    public void A_failed_creation_leaves_nothing()
    {
        using Lab lab = new();
        Requires.UserNamespaces();
        lab.NewNamespace();

        Inner.Run(typeof(NamespaceStoreTests), nameof(Inner_creation_without_rights_over_mounts_is_refused), "unshare", "-Urn");

        Assert.DoesNotContain(Directory.GetFileSystemEntries("/run/netns"), path => path.Contains("inner", StringComparison.Ordinal));
    }

    [InnerFact]
    public void Inner_creation_without_rights_over_mounts_is_refused()
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceStore.Create($"{LabLeftovers.Prefix}{Environment.ProcessId}-inner"));

        Assert.Equal(FailureId.AccessDenied, failure.Id);
        Assert.Contains("CAP_SYS_ADMIN", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_creation_prepares_the_directory_and_a_failed_one_takes_it_back()
    {
        using Lab lab = new();
        Inner.Run(typeof(NamespaceStoreTests), nameof(Inner_first_creation_makes_the_directory_and_takes_it_back), "unshare", "-m");
    }

    [InnerFact]
    public void Inner_first_creation_makes_the_directory_and_takes_it_back()
    {
        // An empty /run of this mount namespace alone, where nothing is registered yet.
        Programs.Try("umount", "-l", "/run/netns");
        Programs.Run("mount", "-t", "tmpfs", "tmpfs", "/run");
        string name = $"{LabLeftovers.Prefix}{Environment.ProcessId}-inner";

        NamespaceStore.Create(name);
        Assert.Equal(name, Assert.Single(NamespaceStore.List()).Name);
        Assert.Contains("shared:", Assert.Single(File.ReadLines("/proc/self/mountinfo"), line => line.Split(' ')[4] == "/run/netns"), StringComparison.Ordinal);
        NamespaceStore.Create(name + "2");
        Assert.Single(File.ReadLines("/proc/self/mountinfo"), line => line.Split(' ')[4] == "/run/netns"); // not mounted on itself again

        NamespaceStore.Delete(name);
        NamespaceStore.Delete(name + "2");
        Programs.Run("umount", "/run/netns");
        Directory.Delete("/run/netns");

        // No room for the file: it is the step after the directory and its mount.
        Programs.Run("mount", "-o", "remount,nr_inodes=3", "/run"); // /run itself, /run/mount of mount(8), and one for the directory
        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceStore.Create(name));
        Assert.Equal(Interop.Errno.ENOSPC, failure.Errno);
        Assert.StartsWith("create /run/netns/", failure.InnerException!.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists("/run/netns"));
        Assert.DoesNotContain(File.ReadLines("/proc/self/mountinfo"), line => line.Split(' ')[4] == "/run/netns");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void A_name_that_cannot_be_a_file_is_refused(string name)
    {
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => NamespaceStore.Create(name)).Id);
        Assert.Equal(FailureId.ParameterInvalid, Assert.Throws<MacvtapException>(() => NamespaceStore.Delete(name)).Id);
    }

    private static IEnumerable<string> NamesOfIp() =>
        Programs.Run("ip", "netns", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);
}
