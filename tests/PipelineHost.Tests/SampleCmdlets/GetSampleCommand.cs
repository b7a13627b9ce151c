using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Gives samples; a literal name that is not there is an error, a wildcard is not.</summary>
[Cmdlet(VerbsCommon.Get, "Sample", DefaultParameterSetName = ByName)]
[OutputType(typeof(Sample))]
[Alias("gsa")]
public sealed class GetSampleCommand : IdentityCommand
{
    private static readonly Sample[] All = [new("mvt0", 10), new("mvt1", 11), new("tap7", 17)];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByIndex)
            WriteObject(All.Where(s => InterfaceIndex.Contains(s.InterfaceIndex)), enumerateCollection: true);
        else if (ParameterSetName == ByInput)
            WriteObject(InputObject, enumerateCollection: true);
        else if (Name is null)
            WriteObject(All, enumerateCollection: true);
        else
            ByNames();
    }

    private void ByNames()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            Sample[] found = [.. All.Where(s => pattern.IsMatch(s.Name))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(new InvalidOperationException($"No sample {name}."), "SampleNotFound", ErrorCategory.ObjectNotFound, name)
                {
                    ErrorDetails = new ErrorDetails($"There is no sample named '{name}'.") { RecommendedAction = "Look with Get-Sample." },
                });
            }
        }
    }
}
