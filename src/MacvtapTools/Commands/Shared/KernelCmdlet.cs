using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Tracing;

namespace MacvtapTools.Commands;

/// <summary>What every cmdlet that talks to the kernel about links has: the network namespace, and sessions in it.</summary>
public abstract class KernelCmdlet : ModuleCmdlet, IDisposable
{
    private readonly Dictionary<string, LinkSession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;
    private ExchangeLog? _log;
    private bool _isLogDecided;
    private bool _isVerbose;

    /// <summary>The network namespace: a name (as in ip netns), a path, or the id of a process. The current one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Namespace", "NetNS")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? NetworkNamespace { get; set; }

    /// <summary>Signalled when the user stops the pipeline.</summary>
    private protected CancellationToken StopRequested => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Comes from another thread, also when the command has just ended by itself.</summary>
    protected override void StopProcessing()
    {
        lock (_sessions)
        {
            if (!_isDisposed) _stopping.Cancel();
        }
    }

    /// <summary>Closes the sessions.</summary>
    /// <param name="disposing">Whether called by Dispose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (LinkSession session in _sessions.Values) session.Dispose();
        _sessions.Clear();
        lock (_sessions)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }
    }

    /// <summary>The session of a network namespace, kept while the command runs.</summary>
    private protected LinkSession Session(string? networkNamespace)
    {
        string key = networkNamespace ?? string.Empty;
        if (!_sessions.TryGetValue(key, out LinkSession? session)) _sessions[key] = session = LinkSession.Open(key, Log());
        return session;
    }

    /// <inheritdoc/>
    /// <remarks>-Verbose tells each exchange with the kernel in a line, -Debug each message with its attributes.</remarks>
    private protected override void AfterWork()
    {
        if (_log is null) return;
        lock (_sessions)
        {
            foreach (LinkSession session in _sessions.Values) session.FinishTrace();
        }

        foreach (ExchangeLine line in _log.Take())
        {
            if (line.Kind == ExchangeLineKind.Exchange && _isVerbose) WriteVerbose(line.Text);
            else WriteDebug(line.Text);
        }
    }

    private ExchangeLog? Log()
    {
        if (!_isLogDecided)
        {
            // With -Debug alone the shell would ask before each verbose line, so that its lines go to the debug stream then.
            bool isDebug = this.Shows("Debug");
            _isVerbose = this.Shows("Verbose");
            if (isDebug || _isVerbose) _log = new ExchangeLog(isDebug);
            _isLogDecided = true;
        }

        return _log;
    }

    /// <summary>The session of <see cref="NetworkNamespace"/>.</summary>
    private protected LinkSession Session() => Session(NetworkNamespace);

    /// <summary>The session of the network namespace that a reference came from; that of <see cref="NetworkNamespace"/> where it does not tell.</summary>
    private protected LinkSession Session(LinkReference reference) => Session(reference.IsNamespaceKnown ? reference.NetworkNamespace : NetworkNamespace);

    /// <summary>
    /// The link that a parameter names, in a session's namespace. An object that comes from another namespace is refused: its name and index can be those of
    /// another link here.
    /// </summary>
    /// <param name="session">The session of the namespace to look in.</param>
    /// <param name="reference">The parameter's value.</param>
    /// <param name="id">Which failure it is when it is not there.</param>
    private protected static Link Find(LinkSession session, LinkReference reference, FailureId id)
    {
        if (reference.IsNamespaceKnown)
        {
            using NamespaceHandle its = NamespaceResolver.Open(reference.NetworkNamespace);
            if (!its.IsSameAs(session.Namespace))
            {
                throw new MacvtapException(
                    FailureId.ParameterInvalid,
                    $"{reference} is of {Called(its)}, and the other link of {Called(session.Namespace)}.",
                    $"Both must be of one network namespace: give -NetworkNamespace, or take the link of that name in {Called(session.Namespace)}.",
                    reference.ToString());
            }
        }

        return LinkSelection.ByReference(session.Reader, reference, id);

        static string Called(NamespaceHandle handle) => handle.DisplayName is { } name ? $"network namespace '{name}'" : "the current network namespace";
    }

    /// <summary>Leaves a session to work that goes on after the command: it is closed when that is done.</summary>
    private protected void KeepUntil(LinkSession session, Task work)
    {
        foreach (string key in _sessions.Where(s => s.Value == session).Select(s => s.Key).ToArray()) _sessions.Remove(key);
        work.ContinueWith(_ => session.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>How a link is named in the question that -WhatIf and -Confirm put.</summary>
    private protected static string Describe(Link link) =>
        $"{link.Name} (index {link.InterfaceIndex}{(link.NetworkNamespace is { } name ? $", network namespace {name}" : string.Empty)})";

    /// <summary>Says that a list may be incomplete.</summary>
    private protected void WarnInterrupted() =>
        WriteWarning("Links came and went during every attempt to list them: some may be missing or doubled in what follows (DumpInterrupted).");

    /// <summary>Reports values that the kernel acknowledged and did not take.</summary>
    private protected void ReportDifferences(Link link, IReadOnlyList<ReadBackDifference> differences)
    {
        foreach (ReadBackDifference difference in differences)
        {
            Report(new MacvtapException(
                FailureId.ReadBackMismatch,
                $"The kernel acknowledged a value for {link.Name} and did not take it: {difference}",
                $"{link.Name} stands with what the kernel has; {link.Command("Get-Link")} shows it.",
                link));
        }
    }
}
