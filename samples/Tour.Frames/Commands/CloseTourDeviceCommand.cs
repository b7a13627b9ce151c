using System.Management.Automation;

namespace MacvtapTools.Tour.Frames.Commands;

/// <summary>Closes open devices.</summary>
[Cmdlet(VerbsCommon.Close, "TourDevice")]
public sealed class CloseTourDeviceCommand : PSCmdlet
{
    /// <summary>The devices, from Open-TourDevice.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public TourDevice[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TourDevice device in InputObject)
            device.Close();
    }
}
