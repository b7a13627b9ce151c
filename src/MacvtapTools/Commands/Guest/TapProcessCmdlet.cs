using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>A cmdlet that works on programs that Start-TapProcess started.</summary>
public abstract class TapProcessCmdlet : ModuleCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    /// <summary>Programs that Start-TapProcess gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public TapProcess[] InputObject { get; set; } = [];

    /// <summary>Signalled when the user stops the pipeline.</summary>
    private protected CancellationToken StopRequested => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_stopping)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TapProcess process in InputObject)
            Attempt(process, () => Process(process));
    }

    /// <summary>Comes from another thread, also when the command has just ended by itself.</summary>
    protected override void StopProcessing()
    {
        lock (_stopping)
        {
            if (!_isDisposed) _stopping.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        RefuseNegative(Limit, "Timeout", LimitAdvice);
    }

    /// <summary>How long to wait for each.</summary>
    private protected abstract TimeSpan Limit { get; }

    /// <summary>What to give instead of a negative time.</summary>
    private protected abstract string LimitAdvice { get; }

    /// <summary>Works on one program.</summary>
    private protected abstract void Process(TapProcess process);
}
