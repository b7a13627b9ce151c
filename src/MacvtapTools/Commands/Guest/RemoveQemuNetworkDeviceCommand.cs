using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Guests;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Takes network cards out of a running QEMU.</summary>
[Cmdlet(VerbsCommon.Remove, "QemuNetworkDevice", SupportsShouldProcess = true)]
public sealed class RemoveQemuNetworkDeviceCommand : QemuCmdlet
{
    /// <summary>The cards' ids.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QemuDeviceCompleter))]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in Id)
            Attempt(id, () => Remove(id));
    }

    private void Remove(string id)
    {
        if (!Proceed($"QEMU at {SocketPath}", $"Remove card '{id}' and its backend", () => Check(id)))
            return;
        using QmpConnection connection = Connect();
        new QemuNetworkClient(connection).Remove(id, Timeout);
    }

    private Verdict Check(string id)
    {
        using QmpConnection connection = Connect();
        new QemuNetworkClient(connection).CheckRemove(id);
        return new Verdict("whether the guest gives the card back");
    }
}
