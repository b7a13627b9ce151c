using System.Management.Automation;
using System.Runtime.ExceptionServices;
using SmaNull = System.Management.Automation.Internal.AutomationNull;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>One pipeline while it runs. One object at a time goes through the whole chain.</summary>
internal sealed class PipelineRun
{
    private readonly List<CommandProcessor> commands = [];
    private readonly Action<object?> output;
    private readonly bool hasInput;
    private CommandProcessor? permitted;
    private int permittedThread;
    private Exception? firstFailure;
    private volatile bool stopping;

    internal PipelineRun(Session session, IReadOnlyList<CommandCall> calls, bool hasInput, Action<object?> output)
    {
        Session = session;
        this.output = output;
        this.hasInput = hasInput;
        for (int i = 0; i < calls.Count; i++)
            commands.Add(new CommandProcessor(this, calls[i], i + 1, calls.Count, i > 0 || hasInput));

        for (int i = 0; i + 1 < commands.Count; i++)
            commands[i].Next = commands[i + 1];
    }

    internal Session Session { get; }

    /// <summary>Binds every command line, begins every command, processes, ends in order, disposes.</summary>
    internal void Execute(object? input)
    {
        try
        {
            commands.ForEach(c => c.Prepare());
            CommandProcessor? stopRequester = Stage(() =>
            {
                commands.ForEach(c => c.Begin());
                ProcessAll(input);
            });
            Complete(stopRequester);
            if (firstFailure is not null)
                ExceptionDispatchInfo.Throw(firstFailure);
        }
        catch (PipelineStoppedException) when (firstFailure is not null)
        {
            ExceptionDispatchInfo.Throw(firstFailure);
        }
        finally
        {
            foreach (CommandProcessor command in commands)
                (command.Cmdlet as IDisposable)?.Dispose();
        }
    }

    internal void Stop()
    {
        if (stopping)
            return;

        stopping = true;
        foreach (CommandProcessor command in commands)
            command.Cmdlet.DoStop();
    }

    internal void ThrowIfStopping()
    {
        if (stopping)
            throw new PipelineStoppedException();
    }

    /// <summary>Remembers why the pipeline failed, and gives what to throw through the cmdlets.</summary>
    internal PipelineStoppedException Fail(Exception failure)
    {
        firstFailure ??= failure;
        return new PipelineStoppedException();
    }

    internal void Emit(CommandProcessor from, object? value)
    {
        if (ReferenceEquals(value, SmaNull.Value))
            return;

        if (from.Next is { } next)
            next.Process(value);
        else
            output(value);
    }

    /// <summary>Only the command whose begin, process or end runs may write, and only on the pipeline's thread.</summary>
    internal void RequirePermission(CommandProcessor command, bool needsToBeCurrent)
    {
        if (permittedThread != Environment.CurrentManagedThreadId || (needsToBeCurrent && !ReferenceEquals(permitted, command)))
        {
            throw new PSInvalidOperationException(
                "The WriteObject and WriteError methods cannot be called from outside the overrides of the BeginProcessing, ProcessRecord, and EndProcessing methods, and they can only be called from within the same thread. Validate that the cmdlet makes these calls correctly, or contact Microsoft Customer Support Services.");
        }
    }

    internal Permission Allow(CommandProcessor command)
    {
        Permission previous = new(this, permitted, permittedThread);
        permitted = command;
        permittedThread = Environment.CurrentManagedThreadId;
        return previous;
    }

    private void ProcessAll(object? input)
    {
        if (!hasInput)
        {
            commands[0].ProcessWithoutInput();
            return;
        }

        if (ReferenceEquals(input, SmaNull.Value))
            return;

        if (LanguagePrimitives.GetEnumerable(input) is not { } list)
        {
            commands[0].Process(input);
            return;
        }

        foreach (object? item in list)
            commands[0].Process(item);
    }

    private void Complete(CommandProcessor? stopRequester)
    {
        CommandProcessor? requester = stopRequester;
        foreach (CommandProcessor command in commands)
        {
            // Neither the command that had enough nor those before it get their end.
            if (requester is not null)
            {
                requester = ReferenceEquals(requester, command) ? null : requester;
                continue;
            }

            requester = Stage(command.End);
        }
    }

    /// <summary>Runs a stage; returns the command that asked its upstream to stop, if one did.</summary>
    private CommandProcessor? Stage(Action stage)
    {
        try
        {
            stage();
            return null;
        }
        catch (PipelineStoppedException) when (firstFailure is StopUpstreamCommandsException)
        {
            StopUpstreamCommandsException request = (StopUpstreamCommandsException)firstFailure!;
            firstFailure = null;
            return commands.Find(c => ReferenceEquals(c.Cmdlet, request.RequestingCommand));
        }
    }

    /// <summary>Gives the permission to write back to whoever had it.</summary>
    internal readonly struct Permission(PipelineRun run, CommandProcessor? command, int thread) : IDisposable
    {
        public void Dispose()
        {
            run.permitted = command;
            run.permittedThread = thread;
        }
    }
}
