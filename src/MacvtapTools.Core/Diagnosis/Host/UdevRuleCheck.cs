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
                lines.AddRange(text.Split('\n').Where(IsAboutTaps).Select(line => ($"{directory}/{file}", line.Trim())));
            }
        }

        string[] evidence = [.. lines.Select(l => $"{l.Where}: {l.Line}")];
        if (!isThere) return NotApplicable("There are no rules of udev.");
        if (lines.Count == 0) return Passed("No rule of udev is about nodes of macvtaps: a new one is root's alone.", "Grant-TapDevice lets users and groups in.");
        return lines.Exists(l => WorldMode().IsMatch(l.Line))
            ? Warning("A rule of udev lets everybody use nodes of macvtaps: any user can read and send a guest's frames.", "Give MODE=\"0660\" and a GROUP in the rule.", evidence)
            : Passed($"{lines.Count} {(lines.Count == 1 ? "line of a rule" : "lines of rules")} of udev {(lines.Count == 1 ? "is" : "are")} about nodes of macvtaps.", "Wait-TapDevice -Accessible waits for what they set.", evidence);
    }

    private static bool IsAboutTaps(string line) => !line.TrimStart().StartsWith('#') && AboutTaps().IsMatch(line);

    [GeneratedRegex("""SUBSYSTEM=="macvtap"|KERNEL=="tap[*\[0-9]""")]
    private static partial Regex AboutTaps();

    [GeneratedRegex("""MODE:?="0?[0-7]{2}[2367]["]""")]
    private static partial Regex WorldMode();
}
