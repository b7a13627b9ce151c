using System.Diagnostics;
using MacvtapTools.Failures;
using MacvtapTools.Namespaces;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Namespaces;

public sealed class NamespaceResolverTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_the_current_namespace(string? text)
    {
        using NamespaceHandle handle = NamespaceResolver.Open(text);

        Assert.True(handle.IsCurrent);
        Assert.Null(handle.DisplayName);
        Assert.Equal($"net:[{handle.Inode}]", File.ResolveLinkTarget("/proc/self/ns/net", false)!.Name);
    }

    [Fact]
    public void Name_path_and_process_lead_to_the_same_namespace()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        using Process sleeper = Programs.Start("ip", ["netns", "exec", name, "cat"]);
        using NamespaceHandle byName = NamespaceResolver.Open(name);
        using NamespaceHandle byPath = NamespaceResolver.Open($"/run/netns/{name}");
        // ip enters the namespace before it becomes cat.
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{sleeper.Id}/comm").Trim() == "cat", 5000));
        using NamespaceHandle byProcess = NamespaceResolver.Open($"{sleeper.Id}");
        sleeper.StandardInput.Close();
        sleeper.WaitForExit();

        Assert.Equal(byName.Describe(), byPath.Describe());
        Assert.Equal(byName.Describe(), byProcess.Describe());
        Assert.Equal((name, null, null), (byName.Name, byPath.Name, byProcess.Name));
        Assert.Equal($"{sleeper.Id}", byProcess.DisplayName);
        Assert.False(byName.IsCurrent);
    }

    [Fact]
    public void A_name_wins_over_a_process()
    {
        using Lab lab = new();
        string digits = $"{Environment.ProcessId}";
        lab.NewNamespace(); // the directory
        Programs.Run("ip", "netns", "add", digits);
        try
        {
            using NamespaceHandle handle = NamespaceResolver.Open(digits);
            Assert.Equal(digits, handle.Name);
            Assert.False(handle.IsCurrent);
        }
        finally
        {
            Programs.Run("ip", "netns", "delete", digits);
        }
    }

    [Theory]
    [InlineData("mvtt-no-such-namespace")]
    [InlineData("/run/netns/mvtt-no-such-namespace")]
    [InlineData("2147483646")]
    public void What_is_not_there_is_not_found(string text)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceResolver.Open(text));

        Assert.Equal(FailureId.NetworkNamespaceNotFound, failure.Id);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Advice);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/dev/null")]
    [InlineData("/")]
    [InlineData("/proc/self/ns/mnt")]
    public void A_file_that_is_no_network_namespace_is_named_as_such(string path)
    {
        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceResolver.Open(path));

        Assert.Equal(FailureId.ParameterInvalid, failure.Id);
        Assert.Contains("not a network namespace", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_fifo_does_not_block()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{LabLeftovers.Prefix}{Environment.ProcessId}-fifo");
        Assert.Equal(0, LabNative.MakeFifo(path, 0x180));
        try
        {
            MacvtapException failure = await Task.Run(() => Assert.Throws<MacvtapException>(() => NamespaceResolver.Open(path)));
            Assert.Equal(FailureId.ParameterInvalid, failure.Id);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_snapshot_whose_name_another_namespace_has_by_now_is_not_found()
    {
        using Lab lab = new();
        string name = lab.NewNamespace();
        NetworkNamespace known = Assert.Single(NamespaceStore.List(), found => found.Name == name);
        using NamespaceHandle alive = NamespaceResolver.Open(known); // keeps the inode number from being used again
        NamespaceStore.Delete(name);
        NamespaceStore.Create(name);

        Assert.Equal(FailureId.NetworkNamespaceNotFound, Assert.Throws<MacvtapException>(() => NamespaceResolver.Open(known)).Id);
    }

    [Fact]
    public void The_process_of_another_user_is_denied_with_the_capability_that_is_needed()
    {
        Requires.OtherUsers();
        Assert.Equal(
            FailureId.AccessDenied,
            AsOtherUser.Run(() => Assert.Throws<MacvtapException>(() => NamespaceResolver.Open("1")), 65534).Id);
    }

    [Fact]
    public void Entering_without_the_right_is_denied_with_the_capability_that_is_needed()
    {
        using Lab lab = new();
        Requires.UserNamespaces();
        string name = lab.NewNamespace();

        Environment.SetEnvironmentVariable("MVTT_NAMESPACE", name);
        Inner.Run(typeof(NamespaceResolverTests), nameof(Inner_entering_is_denied), "unshare", "-Urn");
    }

    [InnerFact]
    public void Inner_entering_is_denied()
    {
        using NamespaceHandle handle = NamespaceResolver.Open(Environment.GetEnvironmentVariable("MVTT_NAMESPACE"));

        MacvtapException failure = Assert.Throws<MacvtapException>(() => NamespaceRunner.Run(handle, () => 1));
        Assert.Equal(FailureId.AccessDenied, failure.Id);
        Assert.Contains("CAP_SYS_ADMIN", failure.Advice, StringComparison.Ordinal);

        Assert.Equal(FailureId.AccessDenied, Assert.Throws<MacvtapException>(() => NamespaceSysfs.Open(handle)).Id);
    }
}
