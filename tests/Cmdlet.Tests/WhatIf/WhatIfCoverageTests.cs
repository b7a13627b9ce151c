using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Every writer says with -WhatIf what would happen: it has rows that are compared with what happens, or a reason why there is nothing to compare.</summary>
public sealed partial class WhatIfCoverageTests
{
    /// <summary>Writers without rows, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Add-QemuNetworkDevice"] = "it asks a QEMU, not the kernel: what it asks with -WhatIf is compared by QemuCheckTests in tests/Core.Tests",
        ["Remove-QemuNetworkDevice"] = "it asks a QEMU, not the kernel: what it asks with -WhatIf is compared by QemuCheckTests in tests/Core.Tests",
        ["Stop-TapProcess"] = "it takes only an object that this process made, and ends a program of its own: nothing refuses that",
        ["Stop-TapRelay"] = "it takes only an object that this process made, and ends a thread of its own: nothing refuses that",
    };

    private static readonly string[] Writers =
        [.. ShippedModule.Cmdlets.Where(c => c.Value.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess).Select(c => c.Key)];

    [Fact]
    public void Every_writer_has_rows_or_a_reason()
    {
        HashSet<string> compared = [.. WhatIfCases.All.Select(r => Writer().Match(r.Data.Item2).Value)];
        Assert.Empty(Writers.Except(compared).Except(Reasons.Keys));
        Assert.Empty(Reasons.Keys.Intersect(compared));
        Assert.Empty(Reasons.Keys.Except(Writers));
    }

    [Fact]
    public void Every_writer_has_more_than_one_row()
    {
        Dictionary<string, int> counts = WhatIfCases.All.GroupBy(r => Writer().Match(r.Data.Item2).Value).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Writers.Except(Reasons.Keys), w => Assert.InRange(counts.GetValueOrDefault(w), 2, int.MaxValue));
    }

    /// <summary>Rows cannot show that a check is there where nothing is refused; the source can: no writer asks the user without it.</summary>
    [Fact]
    public void No_writer_asks_without_a_check()
    {
        string commands = Repository.Path("src", "MacvtapTools", "Commands");
        string[] asking =
        [
            .. Directory.EnumerateFiles(commands, "*.cs", SearchOption.AllDirectories)
                .Where(f => File.ReadAllText(f).Contains("ShouldProcess(", StringComparison.Ordinal) && Path.GetFileName(f) != "ModuleCmdlet.cs")
                .Select(f => Path.GetFileNameWithoutExtension(f)),
        ];
        Assert.Empty(asking.Except(Reasons.Keys.Select(n => n.Replace("-", string.Empty, StringComparison.Ordinal) + "Command")));
    }

    /// <summary>The request is the last command of its line.</summary>
    [GeneratedRegex(@"[A-Z]\w+-[A-Z]\w+(?=[^|]*$)")]
    private static partial Regex Writer();
}
