using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Namespaces;

public sealed class NamespaceSysfsTests
{
    [Theory]
    [InlineData(nameof(SysfsOrigin.Detached))]
    [InlineData(nameof(SysfsOrigin.PrivateMount))]
    public void Another_namespace_shows_its_links_and_not_ours(string origin)
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "only0", "only1");
        using NamespaceHandle handle = NamespaceResolver.Open(name);
        int mounts = CountOfSysfsMounts();

        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle, Enum.Parse<SysfsOrigin>(origin));

        Assert.Equal(["lo", "only0", "only1"], sysfs.List("class/net").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("only0", Directory.GetFileSystemEntries("/sys/class/net").Select(Path.GetFileName));
        Assert.Equal(Lab.IpJson(name, "link show only0")[0].GetProperty("address").GetString(), sysfs.ReadText("class/net/only0/address"));
        Assert.Equal(mounts, CountOfSysfsMounts());
    }

    [Fact]
    public void It_follows_the_namespace_and_outlives_its_name()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        using NamespaceHandle handle = NamespaceResolver.Open(name);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);
        Assert.Equal(SysfsOrigin.Detached, sysfs.Origin);
        Assert.False(sysfs.Exists("class/net/late0"));

        Lab.AddVeth(name, "late0", "late1");

        Assert.True(sysfs.Exists("class/net/late0"));
        Assert.EndsWith("/virtual/net/late0", sysfs.ReadLink("class/net/late0"), StringComparison.Ordinal);
        Assert.Null(sysfs.ReadLink("class/net/none0"));
        Assert.True(sysfs.TryReadText("class/net/late0/operstate", out string? state));
        Assert.Equal("up", state);
        NamespaceStore.Delete(name);
        Assert.True(sysfs.Exists("class/net/late0"));
    }

    [Fact]
    public void What_cannot_be_read_has_the_kernels_reason()
    {
        using Lab lab = new();
        using NamespaceHandle handle = NamespaceResolver.Open(lab.NewNamespace()); // whose loopback is down
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);

        Assert.Equal(Errno.ENOENT, Assert.Throws<KernelException>(() => sysfs.ReadText("class/net/none0/mtu")).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<KernelException>(() => sysfs.ReadText("class/net/lo/carrier")).Errno);
        Assert.Equal(Errno.ENOTDIR, Assert.Throws<KernelException>(() => sysfs.List("class/net/lo/mtu")).Errno);
        Assert.False(sysfs.TryReadText("class/net", out _));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("class/../../etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("class\0net")]
    public void A_path_that_leads_out_is_refused(string path)
    {
        using NamespaceHandle handle = NamespaceResolver.Open((string?)null);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);

        Assert.Throws<ArgumentException>(() => sysfs.ReadText(path));
    }

    [Fact]
    public void A_thread_that_moved_gets_the_sysfs_of_where_it_is()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "moved0", "moved1");
        using NamespaceHandle handle = NamespaceResolver.Open(name);

        IReadOnlyList<string> links = NamespaceRunner.Run(handle, () =>
        {
            using NamespaceHandle current = NamespaceResolver.Open((string?)null);
            using NamespaceSysfs sysfs = NamespaceSysfs.Open(current);
            return sysfs.List("class/net");
        });

        Assert.Contains("moved0", links);
    }

    [Fact]
    public void The_shared_sys_is_taken_for_ours_only_where_it_is()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "moved0", "moved1");
        using NamespaceHandle handle = NamespaceResolver.Open(name);

        Assert.True(SharedSysfs.ShowsCurrentNamespace());
        Assert.False(NamespaceRunner.Run(handle, SharedSysfs.ShowsCurrentNamespace));
    }

    [Fact]
    public void In_a_user_namespace_without_a_mount_namespace_it_is_mounted_privately()
    {
        Requires.UserNamespaces();
        Inner.Run(typeof(NamespaceSysfsTests), nameof(Inner_the_current_namespace_shows_just_loopback), "unshare", "-Urn");
    }

    [InnerFact]
    public void Inner_the_current_namespace_shows_just_loopback()
    {
        using NamespaceHandle handle = NamespaceResolver.Open((string?)null);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);

        Assert.Equal(SysfsOrigin.PrivateMount, sysfs.Origin);
        Assert.Equal("lo", Assert.Single(sysfs.List("class/net"), link => sysfs.Exists($"class/net/{link}/ifindex")));
    }

    [Fact]
    public void Without_any_right_the_machines_own_sysfs_serves_its_own_namespace()
    {
        Requires.OtherUsers();
        Inner.Run(
            typeof(NamespaceSysfsTests), nameof(Inner_the_shared_sys_serves), "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "env", "DOTNET_EnableDiagnostics=0");
    }

    [InnerFact]
    public void Inner_the_shared_sys_serves()
    {
        using NamespaceHandle handle = NamespaceResolver.Open((string?)null);
        using NamespaceSysfs sysfs = NamespaceSysfs.Open(handle);

        Assert.Equal(SysfsOrigin.Shared, sysfs.Origin);
        Assert.Equal("1", sysfs.ReadText("class/net/lo/ifindex"));
    }

    [Fact]
    public void Without_any_right_a_foreign_sys_is_denied_and_not_believed()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        Lab.AddVeth(name, "moved0", "moved1");
        Inner.Run(
            typeof(NamespaceSysfsTests), nameof(Inner_a_foreign_sys_is_denied), "nsenter", $"--net=/run/netns/{name}", "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");
    }

    [InnerFact]
    public void Inner_a_foreign_sys_is_denied()
    {
        using NamespaceHandle handle = NamespaceResolver.Open((string?)null);

        Failures.MacvtapException failure = Assert.Throws<Failures.MacvtapException>(() => NamespaceSysfs.Open(handle));

        Assert.Equal(Failures.FailureId.AccessDenied, failure.Id);
    }

    private static int CountOfSysfsMounts() => File.ReadLines("/proc/self/mountinfo").Count(line => line.Contains(" - sysfs ", StringComparison.Ordinal));
}
