using System.ComponentModel;
using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Tour.Frames.Ports;

namespace MacvtapTools.Tour.Frames.Commands;

/// <summary>Opens tap devices, or links of other kinds, to send and receive frames.</summary>
[Cmdlet(VerbsCommon.Open, "TourDevice", DefaultParameterSetName = TapDeviceSet)]
[OutputType(typeof(TourDevice))]
public sealed class OpenTourDeviceCommand : PSCmdlet
{
    private const string TapDeviceSet = "TapDevice";
    private const string LinkSet = "Link";

    /// <summary>Tap devices, from Get-TapDevice. Where the node may not be opened, a packet socket on the link takes its place.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TapDeviceSet)]
    public TapDevice[] TapDevice { get; set; } = [];

    /// <summary>Links, from Get-Link: a packet socket is opened on each.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LinkSet)]
    public Link[] Link { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapDevice device in TapDevice)
            Attempt(device, () => new TourDevice(device.Name, device.NetworkNamespace, OpenTap(device)));
        foreach (Link link in Link)
            Attempt(link, () => new TourDevice(link.Name, link.NetworkNamespace, PacketPort.Open(link.InterfaceIndex, link.NetworkNamespace)));
    }

    private IFramePort OpenTap(TapDevice device)
    {
        try
        {
            return new TapPort(TapEndpoint.Open(device));
        }
        catch (MacvtapException failure) when (failure.Id is FailureId.AccessDenied or FailureId.TapDeviceNotFound or FailureId.TapDeviceShadowed or FailureId.TapDeviceMismatch)
        {
            PacketPort port = PacketPort.Open(device.InterfaceIndex, device.NetworkNamespace);
            WriteWarning($"{failure.Message} A packet socket on {device.Name} takes its place.");
            return port;
        }
    }

    private void Attempt(object target, Func<TourDevice> open)
    {
        try
        {
            WriteObject(open());
        }
        catch (MacvtapException failure)
        {
            WriteError(new ErrorRecord(failure, failure.Id.ToString(), ErrorCategory.OpenError, target));
        }
        catch (Win32Exception failure)
        {
            WriteError(new ErrorRecord(failure, "PacketSocketRefused", ErrorCategory.OpenError, target));
        }
    }
}
