using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Closes tap devices that Open-TapDevice opened.</summary>
[Cmdlet(VerbsCommon.Close, "TapDevice")]
public sealed class CloseTapDeviceCommand : ModuleCmdlet
{
    /// <summary>What Open-TapDevice gave. One that is closed already stays so.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapEndpoint[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapEndpoint endpoint in InputObject) Attempt(endpoint, endpoint.Dispose);
    }
}
