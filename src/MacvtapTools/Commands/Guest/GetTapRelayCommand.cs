using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests.Relays;

namespace MacvtapTools.Commands;

/// <summary>Gets the relays of this shell, also those that have ended.</summary>
[Cmdlet(VerbsCommon.Get, "TapRelay")]
[OutputType(typeof(TapRelay))]
public sealed class GetTapRelayCommand : ModuleCmdlet
{
    /// <summary>The names of the links. Patterns are taken; all relays where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TapRelayNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<TapRelay> relays = RelayStarter.List();
        foreach (string name in Name)
        {
            Attempt(name, () =>
            {
                bool isPattern = WildcardPattern.ContainsWildcardCharacters(name);
                var pattern = new WildcardPattern(name, WildcardOptions.None);
                TapRelay[] found = [.. relays.Where(r => isPattern ? pattern.IsMatch(r.Name) : r.Name == name)];
                if (found.Length == 0 && !isPattern)
                    throw new MacvtapException(FailureId.TapRelayNotFound, $"This shell has no relay of {name}.", "Get-TapRelay lists all that it has. A relay ends with the shell that started it.", name);
                WriteObject(found, enumerateCollection: true);
            });
        }
    }
}
