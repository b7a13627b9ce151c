using System.Text.RegularExpressions;

namespace MacvtapTools.Diagnosis.Host;

/// <summary>Rules of udev that are about nodes of macvtaps.</summary>
internal sealed partial class UdevRuleCheck() : HostCheckRule("UdevRules", DeviceNodes)
{
    private static readonly string[] Directories = ["/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d"];

    /// <inheritdoc/>
    internal override HostFinding Look(IHostSource host)
    {
        var lines = new List<(string Where, string Line)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool isThere = false;
        foreach (string directory in Directories)
        {
            if (host.List(directory) is not { } files) continue;
            isThere = true;
            foreach (string file in files.Where(f => f.EndsWith(".rules", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                // A file of an earlier directory stands in for one of the same name in a later one (udev(7)).
                if (!names.Add(file) || host.Read($"{directory}/{file}") is not { } text) continue;
                lines.AddRange(Lines(text).Where(l => AboutTaps().IsMatch(l)).Select(line => ($"{directory}/{file}", line)));
            }
        }

        string[] evidence = [.. lines.Select(l => $"{l.Where}: {l.Line}")];
        if (!isThere) return NotApplicable("There are no rules of udev.");
        if (lines.Count == 0) return Passed("No rule of udev is about nodes of macvtaps: a new one is root's alone.", "Grant-TapDevice lets users and groups in.");
        return lines.Exists(l => WorldMode().IsMatch(l.Line))
            ? Warning("A rule of udev lets everybody open nodes of macvtaps: any user can read or send a guest's frames.", "Give MODE=\"0660\" and a GROUP in the rule.", evidence)
            : Passed($"{lines.Count} {(lines.Count == 1 ? "line of a rule" : "lines of rules")} of udev {(lines.Count == 1 ? "is" : "are")} about nodes of macvtaps.", "Wait-TapDevice -Accessible waits for what they set.", evidence);
    }

    /// <summary>The lines of a file as udev sees them: one that ends with a backslash goes on in the next, and comments do not count, not even in between (udev_rules_parse_file).</summary>
    private static IEnumerable<string> Lines(string text)
    {
        string begun = string.Empty;
        foreach (string line in text.Split('\n').Select(l => l.Trim()).Where(l => !l.StartsWith('#')))
        {
            string whole = begun + line;
            bool goesOn = whole.EndsWith('\\');
            begun = goesOn ? whole[..^1] : string.Empty;
            if (!goesOn) yield return whole;
        }

        if (begun.Length > 0) yield return begun;
    }

    [GeneratedRegex("""SUBSYSTEM=="macvtap"|KERNEL=="tap[*\[0-9]""")]
    private static partial Regex AboutTaps();

    /// <summary>To read is enough to see a guest's frames.</summary>
    [GeneratedRegex("""MODE:?="[0-7]?[0-7]{2}[2-7]["]""")]
    private static partial Regex WorldMode();
}
