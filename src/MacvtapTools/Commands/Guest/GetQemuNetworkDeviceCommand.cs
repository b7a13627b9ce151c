using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests;

namespace MacvtapTools.Commands;

/// <summary>Gets the network cards of a running QEMU.</summary>
[Cmdlet(VerbsCommon.Get, "QemuNetworkDevice")]
[OutputType(typeof(QemuNetworkDevice))]
public sealed class GetQemuNetworkDeviceCommand : QemuCmdlet
{
    /// <summary>The cards' ids; patterns are taken. All cards where it is left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(QemuDeviceCompleter))]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Socket, List);

    private void List()
    {
        QemuNetworkDevice[] devices;
        using (QmpConnection connection = Connect())
            devices = [.. new QemuNetworkClient(connection).List()];
        if (Id is null)
        {
            WriteObject(devices, enumerateCollection: true);
            return;
        }

        foreach (string id in Id)
        {
            WildcardPattern pattern = new(id, WildcardOptions.None);
            QemuNetworkDevice[] fitting = [.. devices.Where(d => d.Id is not null && pattern.IsMatch(d.Id))];
            if (fitting.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
                Report(new MacvtapException(FailureId.QemuDeviceNotFound, $"QEMU has no network card '{id}'.", $"Get-QemuNetworkDevice {CommandText.Word(Socket)} lists those that it has.", id));
            WriteObject(fitting, enumerateCollection: true);
        }
    }
}
