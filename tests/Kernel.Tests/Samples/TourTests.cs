using System.Diagnostics;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Samples;

public sealed class TourTests
{
    private const string Middle = "# Hairpin on the switch's port";

    private static readonly string[] Frames =
    [
        "outside mvt0 Unicast True {mvt0}",
        "mvt0 mvt1 Unicast False {outside}", // the switch does not know mvt1 yet, so it sends the frame everywhere else
        "mvt0 mvt1 Unicast True {mvt1, outside}",
        "mvt0 mvt1 Broadcast True {mvt1, outside}",
        "mvt0 mvt1 Unicast True {mvt1, outside}",
        "mvt0 mvt1 Broadcast False {mvt0, outside}", // the echo goes to a private sender alone
        "mvt0 mvt1 Unicast True {mvt1}",
        "mvt0 mvt1 Unicast False {}",
        "mvt0 outside Unicast True {outside}",
    ];

    /// <summary>What mvt0 and mvt1 in private mode, the host and the outside reach behind a hairpin port, as the matrix has it.</summary>
    private static readonly string[] Matrix = ["1 mvt0 private . U U A", "2 mvt1 private U . U A", "3 Host (eth0) C C . A", "4 Outside C C A ."];

    [Theory]
    [InlineData(TourProgram.StandIn)]
    [InlineData(TourProgram.PowerShell)]
    public void It_shows_every_line_and_keeps_every_promise_and_leaves_nothing(string shell)
    {
        RequireLab(shell);
        Programs.Outcome tour = Run(shell);

        Assert.True(tour.ExitCode == 0, tour.Output + tour.ErrorOutput);
        Assert.Equal(TourProgram.Statements, TourProgram.StatementsIn(tour.Output));
        Assert.Equal(Frames, TourProgram.FramesIn(tour.Output));
        Assert.Equal(Matrix, TourProgram.Comparable(tour.Output).Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]) && Matrix.Any(row => row[..6] == line[..Math.Min(6, line.Length)])));
        Assert.Matches(@"(?m)^Remedy +: Enable-Hairpin port1 ", tour.Output);
        Assert.Matches(@"(?m)^Measured +: Delivered\b", tour.Output);
        Assert.Matches(@"(?m)^├─ mvt0 +macvtap vepa ", tour.Output);
        Assert.DoesNotContain("# Promise", tour.Output, StringComparison.Ordinal);
        Assert.Contains($"Enable-Hairpin port1 -NetworkNamespace {TourProgram.PrefixIn(tour.Output)}closet", tour.Output, StringComparison.Ordinal);
        Assert.Contains("What if: Performing the operation \"Remove macvtap\"", tour.Output, StringComparison.Ordinal);
        Assert.Matches(@"/dev/tap\d+ +mvt0 +\d+ +Ready .*\{\w+\(\d+\)\}", tour.Output);
        Assert.Contains("all kept. Nothing is left behind.", tour.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', tour.Output);
        Assert.Empty(tour.ErrorOutput);
        TourProgram.AssertNothingIsLeft(tour.Output);
    }

    [Fact]
    public void Both_shells_print_the_same()
    {
        RequireLab(TourProgram.PowerShell);
        Assert.Equal(TourProgram.Comparable(Run(TourProgram.PowerShell).Output), TourProgram.Comparable(Run(TourProgram.StandIn).Output));
    }

    [Theory]
    [InlineData(TourProgram.StandIn, "INT", 130)]
    [InlineData(TourProgram.StandIn, "TERM", 143)]
    [InlineData(TourProgram.PowerShell, "INT", 130)]
    [InlineData(TourProgram.PowerShell, "TERM", 143)]
    public async Task Interrupted_in_the_middle_it_leaves_nothing(string shell, string signal, int exitCode)
    {
        RequireLab(shell);
        using Process tour = Programs.Start(Inner.DotnetHost, [TourProgram.Path, shell]);
        Task<string> errors = tour.StandardError.ReadToEndAsync();
        string output = ReadToMiddle(tour);
        Assert.NotEmpty(Directory.GetFiles("/run/netns", TourProgram.PrefixIn(output) + "*"));

        Programs.Run("sh", "-c", $"kill -{signal} {tour.Id}");
        output += await tour.StandardOutput.ReadToEndAsync();
        Assert.True(tour.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(exitCode == tour.ExitCode, $"{tour.ExitCode}: {output}{await errors}");
        Assert.DoesNotContain("all kept", output, StringComparison.Ordinal);
        TourProgram.AssertNothingIsLeft(output);
    }

    [Fact]
    public void What_a_killed_tour_left_the_next_one_removes()
    {
        RequireLab(TourProgram.StandIn);
        using Process tour = Programs.Start(Inner.DotnetHost, [TourProgram.Path, TourProgram.StandIn]);
        string output = ReadToMiddle(tour);
        tour.Kill();
        tour.WaitForExit();
        Assert.NotEmpty(Directory.GetFiles("/run/netns", TourProgram.PrefixIn(output) + "*"));

        Assert.Equal(2, Run("--without", "macvtap").ExitCode);
        TourProgram.AssertNothingIsLeft(output);
    }

    [Theory]
    [InlineData("macvtap")]
    [InlineData("bridge")]
    [InlineData("veth")]
    public void Without_a_kind_of_link_it_says_which_and_what_would_help(string kind)
    {
        RequireLab(TourProgram.StandIn);
        Programs.Outcome tour = Run("--without", kind);
        Assert.Equal(2, tour.ExitCode);
        Assert.Contains($"The kernel has no links of kind {kind}.", tour.Output, StringComparison.Ordinal);
        Assert.Contains($"sudo modprobe {kind}", tour.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_rights_and_without_user_namespaces_it_says_so_and_what_would_help()
    {
        RequireLab(TourProgram.StandIn);
        Requires.UserNamespaces();
        string withoutRights = "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set -sys_admin,-net_admin --inh-caps -sys_admin,-net_admin \"$@\"";
        Programs.Outcome tour = Programs.Try("unshare", "--user", "--map-root-user", "sh", "-c", withoutRights, "sh", Inner.DotnetHost, TourProgram.Path);
        Assert.True(tour.ExitCode == 2, tour.Output + tour.ErrorOutput);
        Assert.Contains("may not make network namespaces", tour.Output, StringComparison.Ordinal);
        Assert.Contains("sysctl user.max_user_namespaces", tour.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_a_plain_user_it_keeps_its_promises_too_and_says_that_the_nodes_may_not_be_opened()
    {
        RequireLab(TourProgram.StandIn);
        Requires.OtherUsers();
        Requires.UserNamespaces();
        string folder = Directory.CreateTempSubdirectory("mvtt-tour-").FullName;
        try
        {
            Programs.Run("cp", "-r", TourProgram.Folder, $"{folder}/tour");
            Programs.Run("chmod", "-R", "a+rX", folder);
            string[] user = ["--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/nonexistent", Inner.DotnetHost];
            if (Programs.Try("setpriv", [.. user, "--list-runtimes"]).ExitCode != 0)
                Assert.Skip($"{Inner.DotnetHost} cannot be run by another user.");
            Programs.Outcome tour = Programs.Try("setpriv", [.. user, $"{folder}/tour/Tour.dll", TourProgram.StandIn]);
            if (tour.ExitCode == 2)
                Assert.Skip(tour.Output); // a plain user may have no user namespace here, and the tour said why
            Assert.True(tour.ExitCode == 0, tour.Output + tour.ErrorOutput);
            Assert.Equal(Frames, TourProgram.FramesIn(tour.Output));
            Assert.Contains("may not be opened for reading and writing. A packet socket on mvt0 takes its place.", tour.Output, StringComparison.Ordinal);
            Assert.Contains("NoAccess", tour.Output, StringComparison.Ordinal);
            TourProgram.AssertNothingIsLeft(tour.Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_option_that_it_does_not_know_is_refused_with_the_list()
    {
        Programs.Outcome tour = Run("--colour");
        Assert.Equal(2, tour.ExitCode);
        Assert.Contains("--stand-in", tour.Output, StringComparison.Ordinal);
    }

    private static Programs.Outcome Run(params string[] arguments) => Programs.Try(Inner.DotnetHost, [TourProgram.Path, .. arguments]);

    private static void RequireLab(string shell)
    {
        Requires.Kind("macvtap");
        Requires.Kind("bridge");
        Requires.KernelDevices();
        if (shell == TourProgram.PowerShell)
            TourProgram.RequirePowerShell();
    }

    private static string ReadToMiddle(Process tour)
    {
        string output = string.Empty;
        while (tour.StandardOutput.ReadLine() is { } line)
        {
            output += line + "\n";
            if (line.StartsWith(Middle, StringComparison.Ordinal))
                return output;
        }

        throw new InvalidDataException($"The tour ended too early: {output}");
    }
}
