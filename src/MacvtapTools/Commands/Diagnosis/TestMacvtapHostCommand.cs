using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Diagnosis.Host;
using MacvtapTools.Failures;
using MacvtapTools.Links;

namespace MacvtapTools.Commands;

/// <summary>Tells whether this host is fit: one object for each check.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MacvtapHost")]
[OutputType(typeof(HostCheck))]
public sealed class TestMacvtapHostCommand : KernelCmdlet
{
    /// <summary>The names of the checks; patterns are taken. All of them where it is left out.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCheckNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HostCheckRule[] wanted = [.. Wanted()];
        if (wanted.Length == 0) return;
        Attempt(NetworkNamespace, () =>
        {
            LinkSession session = Session();
            var host = new HostSource(session, Session);
            WorkProgress progress = new(this, "Looking at the host");
            for (int i = 0; i < wanted.Length; i++)
            {
                StopRequested.ThrowIfCancellationRequested();
                progress.ShowPlace(wanted[i].Name, i + 1, wanted.Length);
                WriteObject(HostChecks.Look(wanted[i], host));
            }

            progress.End();
        });
    }

    private IEnumerable<HostCheckRule> Wanted()
    {
        if (Name is null) return HostChecks.All;
        WildcardPattern[] patterns = [.. Name.Select(n => new WildcardPattern(n, WildcardOptions.IgnoreCase))];
        for (int i = 0; i < Name.Length; i++)
        {
            if (WildcardPattern.ContainsWildcardCharacters(Name[i]) || HostChecks.All.Any(c => patterns[i].IsMatch(c.Name))) continue;
            string name = Name[i];
            Attempt(name, () => throw new MacvtapException(FailureId.ParameterInvalid, $"There is no check '{name}'.", $"Checks are {string.Join(", ", HostChecks.All.Select(c => c.Name))}.", name));
        }

        return HostChecks.All.Where(c => patterns.Any(p => p.IsMatch(c.Name)));
    }
}
