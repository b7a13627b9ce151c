using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MacvtapTools.Tests.Netlink;

/// <summary>A C program that prints what expressions are worth with the installed kernel headers.</summary>
internal static partial class HeaderProgram
{
    private const string Includes = """
        #define _GNU_SOURCE
        #include <stddef.h>
        #include <stdio.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <poll.h>
        #include <signal.h>
        #include <spawn.h>
        #include <sched.h>
        #include <unistd.h>
        #include <sys/eventfd.h>
        #include <sys/file.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/statfs.h>
        #include <sys/statvfs.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <sys/uio.h>
        #include <sys/wait.h>
        #include <linux/fib_rules.h>
        #include <linux/filter.h>
        #include <linux/if.h>
        #include <linux/if_bridge.h>
        #include <linux/if_ether.h>
        #include <linux/if_link.h>
        #include <linux/if_packet.h>
        #include <linux/if_tun.h>
        #include <linux/kcmp.h>
        #include <linux/limits.h>
        #include <linux/magic.h>
        #include <linux/neighbour.h>
        #include <linux/net_namespace.h>
        #include <linux/netlink.h>
        #include <linux/nsfs.h>
        #include <linux/pkt_cls.h>
        #include <linux/pkt_sched.h>
        #include <linux/rtnetlink.h>
        #include <linux/sockios.h>
        #include <linux/veth.h>
        #include <linux/virtio_net.h>
        """;

    /// <summary>Why no program can be compiled here and what would help, or null.</summary>
    internal static string? Obstacle()
    {
        try
        {
            (int code, string errors) = Run("gcc", "-fsyntax-only", "-x", "c", "-std=gnu11", WriteSource(Path.Combine(Scratch.Create(), "probe.c"), []));
            return code == 0 ? null : $"The kernel's headers cannot be used (install linux-libc-dev or kernel-headers): {errors}";
        }
        catch (Win32Exception)
        {
            return "There is no gcc (install gcc and the kernel's headers: linux-libc-dev or kernel-headers).";
        }
    }

    /// <summary>The values of expressions; those with names that the headers lack are left out.</summary>
    internal static Dictionary<string, long> Evaluate(IReadOnlyCollection<string> expressions, out List<string> lacking)
    {
        string folder = Scratch.Create();
        string program = Path.Combine(folder, "values");
        List<string> usable = [.. expressions.Distinct()];
        lacking = [];
        while (true)
        {
            string source = WriteSource(Path.Combine(folder, "values.c"), usable);
            (int code, string text) = Run("gcc", "-std=gnu11", "-w", "-fmax-errors=0", "-o", program, source);
            if (code == 0) break;
            HashSet<int> lines = [.. ErrorLine().Matches(text).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
            List<string> bad = [.. usable.Where((_, i) => lines.Contains(i + 1))];
            if (bad.Count == 0) throw new InvalidOperationException($"gcc: {text}");
            lacking.AddRange(bad);
            usable.RemoveAll(bad.Contains);
        }

        (_, string output) = Run(program);
        long[] values = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(v => long.Parse(v, CultureInfo.InvariantCulture))];
        return usable.Zip(values).ToDictionary(p => p.First, p => p.Second);
    }

    /// <summary>One expression on a line of its own, numbered from 1, so that gcc's complaints lead back to it. An unknown name is reported once for each function, so each has one.</summary>
    private static string WriteSource(string path, List<string> expressions)
    {
        var source = new StringBuilder(Includes).Append("\n#line 1 \"expressions\"\n");
        for (int i = 0; i < expressions.Count; i++) source.Append(CultureInfo.InvariantCulture, $"static long long v{i}(void) {{ return (long long)({expressions[i]}); }}\n");
        source.Append("#line 1 \"main\"\nint main(void) {\n");
        for (int i = 0; i < expressions.Count; i++) source.Append(CultureInfo.InvariantCulture, $"printf(\"%lld\\n\", v{i}());\n");
        File.WriteAllText(path, source.Append("return 0; }\n").ToString());
        return path;
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@"^expressions:(\d+):\d+: error:", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
