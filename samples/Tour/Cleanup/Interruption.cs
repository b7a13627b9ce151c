using System.Runtime.InteropServices;

namespace MacvtapTools.Tour.Cleanup;

/// <summary>Turns Ctrl+C and the polite signals into a cancellation, so that the tour can put everything away first.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Signals = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    internal Interruption()
    {
        foreach ((PosixSignal signal, int number) in Signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Signal ??= number;
                _source.Cancel();
            }));
        }
    }

    /// <summary>The number of the signal that came; null when none did.</summary>
    internal int? Signal { get; private set; }

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }
}
