using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Tour.Frames.Commands;

/// <summary>Sends one frame from one open device to another, and tells who received it.</summary>
[Cmdlet(VerbsCommunications.Send, "TourFrame")]
[OutputType(typeof(TourFrame))]
public sealed class SendTourFrameCommand : PSCmdlet
{
    // A frame takes microseconds; a busy machine may take longer to look. A loss can only be waited for.
    private static readonly TimeSpan ArrivalPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LossPatience = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan WitnessPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private volatile bool _stopped;

    /// <summary>The sender.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public TourDevice From { get; set; } = null!;

    /// <summary>The receiver.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public TourDevice To { get; set; } = null!;

    /// <summary>Sends it to everybody instead of the receiver's address alone.</summary>
    [Parameter]
    public SwitchParameter Broadcast { get; set; }

    /// <summary>What is promised of it; an error when it turns out otherwise.</summary>
    [Parameter]
    public Expectation? Expect { get; set; }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopped = true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            FrameKind kind = Broadcast ? FrameKind.Broadcast : FrameKind.Unicast;
            TestFrame frame = new(From.Address, To.Address, kind);
            From.Send(frame.Bytes);
            HashSet<TourDevice> seenBy = Watch(frame);
            bool arrived = seenBy.Contains(To);
            TourFrame result = new(From.Name, To.Name, kind, arrived, [.. TourDevice.All.Where(seenBy.Contains).Select(d => d.Name)]);
            WriteObject(result);
            if (Expect is { } promise && arrived != (promise == Expectation.Arrival))
                WriteError(new ErrorRecord(new InvalidOperationException(arrived ? "The frame arrived, and should not have." : "The frame did not arrive, and should have."), "TourPromiseBroken", ErrorCategory.InvalidResult, result));
        }
        catch (MacvtapException failure)
        {
            WriteError(new ErrorRecord(failure, failure.Id.ToString(), ErrorCategory.WriteError, From));
        }
        catch (Win32Exception failure)
        {
            WriteError(new ErrorRecord(failure, "PacketSocketRefused", ErrorCategory.WriteError, From));
        }
    }

    /// <summary>Looks at every open device, until the time is over: shortly after the arrival, so that others are seen too.</summary>
    private HashSet<TourDevice> Watch(TestFrame frame)
    {
        HashSet<TourDevice> seenBy = [];
        long started = Stopwatch.GetTimestamp();
        TimeSpan patience = Expect == Expectation.Arrival ? ArrivalPatience : LossPatience;
        while (Stopwatch.GetElapsedTime(started) < patience && !_stopped)
        {
            foreach (TourDevice device in TourDevice.All)
            {
                if (!device.HasReceived(frame) || !seenBy.Add(device) || device != To)
                    continue;
                TimeSpan last = Stopwatch.GetElapsedTime(started) + WitnessPatience;
                patience = last < patience ? last : patience;
            }

            Thread.Sleep(Pause);
        }

        return seenBy;
    }
}
