using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacvtapTools.Bridging;
using MacvtapTools.Composition;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;

namespace MacvtapTools.Completion;

/// <summary>Completes the names of links: those that the cmdlet can do something with, in the namespace that was given.</summary>
public class LinkNameCompleter : IArgumentCompleter
{
    private const ushort Ethernet = 1;
    private const string OpenVswitchParameter = "OpenVswitchDatabase";

    private static readonly TimeSpan OpenVswitchPatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(Completions.Unquote(wordToComplete) + "*", WildcardOptions.IgnoreCase);
        using CancellationTokenSource limit = new(OpenVswitchPatience);
        OpenVswitchClient openVswitch = new(fakeBoundParameters[OpenVswitchParameter]?.ToString(), limit.Token);
        return [.. Read(fakeBoundParameters).Where(l => pattern.IsMatch(l.Name) && Fits(commandName, parameterName, l, openVswitch)).Select(l => Completions.Result(l.Name, Describe(l)))];
    }

    /// <summary>Whether a link makes sense there.</summary>
    private static bool Fits(string command, string parameter, Link link, OpenVswitchClient openVswitch)
    {
        if (parameter.Equals("Bridge", StringComparison.OrdinalIgnoreCase))
            return link is BridgeLink || (command.Equals("Get-BridgePort", StringComparison.OrdinalIgnoreCase) && Ask(() => openVswitch.HasBridge(link.Name)));
        if (parameter.Equals("Master", StringComparison.OrdinalIgnoreCase)) return link.Kind is "bridge" or "bond" or "vrf" or "team";
        if (parameter.Equals("LowerDevice", StringComparison.OrdinalIgnoreCase))
            return link.Record.HardwareType == Ethernet && link is not MacvlanLink && link.Master is null;
        return command.ToUpperInvariant() switch
        {
            "SET-LINKMODE" => link is MacvlanLink,
            "GET-TAPDEVICE" or "OPEN-TAPDEVICE" or "WAIT-TAPDEVICE" => link is MacvtapLink or TapLink,
            "REPAIR-TAPDEVICE" or "GRANT-TAPDEVICE" or "REVOKE-TAPDEVICE" or "REMOVE-TAPDEVICENODE" => link is MacvtapLink,
            "ENABLE-LINK" => link.AdministrativeStatus == AdministrativeStatus.Down,
            "DISABLE-LINK" => link.AdministrativeStatus == AdministrativeStatus.Up,
            "GET-BRIDGEPORT" => Port(link, openVswitch) is not null,
            "REMOVE-BRIDGEPORT" => link.Record.Port is not null,
            "ENABLE-HAIRPIN" => Port(link, openVswitch) is { Hairpin: false },
            "DISABLE-HAIRPIN" => Port(link, openVswitch) is { Hairpin: true },
            "ADD-BRIDGEPORT" => link.Master is null && link is not (MacvtapLink or BridgeLink) && link.Record.HardwareType == Ethernet,
            "REMOVE-LINK" => link.Kind is not null,
            "GET-REFLECTIVERELAY" or "REMOVE-REFLECTIVERELAY" => RelayMark.Of(link).Any(),
            "NEW-REFLECTIVERELAY" => link.Master is null && link is not (MacvtapLink or BridgeLink) && link.Record.HardwareType == Ethernet,
            _ => true,
        };
    }

    private static BridgePort? Port(Link link, OpenVswitchClient openVswitch) => BridgePortClient.AsPort(link) ?? Ask(() => openVswitch.Find(link));

    /// <summary>An Open vSwitch that does not answer has nothing to offer; the cmdlet itself will say why.</summary>
    private static T? Ask<T>(Func<T?> question)
    {
        try
        {
            return question();
        }
        catch (Exception failure) when (failure is MacvtapException or OperationCanceledException)
        {
            return default;
        }
    }

    private static string Describe(Link link)
    {
        string what = link switch
        {
            MacvlanLink m => $"{m.Kind} on {m.LowerDevice ?? "another namespace's device"}, {m.Mode}",
            VethLink v => $"veth, peer {v.Peer ?? "in another namespace"}",
            _ => link.Kind ?? "device",
        };
        return $"{link.InterfaceIndex}: {what}{(link.Master is { } master ? $", port of {master}" : string.Empty)}, {link.Status}, {link.MacAddress}";
    }

    private static IReadOnlyList<Link> Read(IDictionary bound)
    {
        if (!OperatingSystem.IsLinux()) return [];
        try
        {
            using LinkSession session = LinkSession.Open(Completions.Namespace(bound));
            return session.Reader.List().Links;
        }
        catch (Exception failure) when (failure is MacvtapException or KernelException)
        {
            // Nothing to offer: the cmdlet itself will say why.
            return [];
        }
    }
}
