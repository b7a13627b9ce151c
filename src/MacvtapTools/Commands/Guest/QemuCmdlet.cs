using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Guests;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that talks to a running QEMU.</summary>
public abstract class QemuCmdlet : GuestCmdlet
{
    /// <summary>The socket of QEMU's machine protocol: what stands behind -qmp unix: on its command line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("QmpSocket")]
    [ValidateNotNullOrEmpty]
    public string Socket { get; set; } = string.Empty;

    /// <summary>How long to wait for QEMU's answers: seconds, or a TimeSpan.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The socket's path, absolute.</summary>
    private protected string SocketPath => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Socket);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Timeout <= TimeSpan.Zero)
            ThrowTerminatingError(Errors.ErrorRecords.From(new MacvtapException(FailureId.ParameterInvalid, "-Timeout must be more than zero.", null, Timeout)));
    }

    /// <summary>A conversation with QEMU. Each waits at most -Timeout for an answer.</summary>
    private protected QmpConnection Connect() => QmpConnection.Open(SocketPath, Timeout, StopRequested);
}
