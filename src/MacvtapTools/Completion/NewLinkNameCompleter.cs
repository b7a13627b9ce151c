using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the name of a link that is to be made, or renamed: what was begun, or what is usual for the kind, with the next number that is free.</summary>
public class NewLinkNameCompleter : IArgumentCompleter
{
    private const string UsualStem = "link";

    /// <summary>What links of a kind are called in the help, by the cmdlet that makes them.</summary>
    private static readonly Dictionary<string, string> _stems = new(StringComparer.OrdinalIgnoreCase)
    {
        ["New-MacvtapLink"] = "mvt",
        ["New-MacvlanLink"] = "mvl",
        ["New-TapLink"] = "tap",
        ["New-VethLink"] = "veth",
        ["New-BridgeLink"] = "br",
        ["New-HostLink"] = "host",
        ["New-ReflectiveRelay"] = "relay",
    };

    /// <summary>The parameters for the namespace that the name is to be in, where that is not the usual one.</summary>
    private static readonly Dictionary<(string Command, string Parameter), string> _places = new()
    {
        [("Move-Link", "NewName")] = "Destination",
        [("New-VethLink", "PeerName")] = "PeerNetworkNamespace",
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string command = commandName.Split('\\')[^1];
        string stem = Completions.Unquote(wordToComplete);
        if (stem.Length > 0 && char.IsAsciiDigit(stem[^1])) return []; // the number was chosen
        if (stem.Length == 0) stem = _stems.GetValueOrDefault(command, UsualStem);
        string place = _places.GetValueOrDefault((command, parameterName), "NetworkNamespace");
        string[] typed = [.. fakeBoundParameters.Keys.Cast<string>().SelectMany(p => Completions.Typed(fakeBoundParameters, p))];
        return Completions.Ask(fakeBoundParameters, session => Offer(stem, Completions.Links(session), typed), place);
    }

    private static IEnumerable<CompletionResult> Offer(string stem, IReadOnlyList<Link> links, IReadOnlyList<string> typed)
    {
        HashSet<string> taken = [.. links.SelectMany(l => l.AlternativeName.Prepend(l.Name)), .. typed];
        for (int number = 0; ; number++)
        {
            string name = stem + number.ToString(CultureInfo.InvariantCulture);
            if (taken.Contains(name)) continue;
            return LinkName.Objection(name) is null ? [Completions.Result(name, "the next of these names that no link has")] : [];
        }
    }
}
