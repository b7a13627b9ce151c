using System.Management.Automation;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>One cmdlet in a running pipeline: binds its arguments and each record, and calls begin, process and end.</summary>
internal sealed class CommandProcessor
{
    private readonly PipelineRun run;
    private readonly CommandCall call;
    private readonly BindingState state;
    private readonly PipelineBinder pipelineBinder;
    private bool begun;

    internal CommandProcessor(PipelineRun run, CommandCall call, int position, int length, bool expectingInput)
    {
        this.run = run;
        this.call = call;
        Invocation = new InvocationInfo(call.Command, call.InvocationName, call.Line)
        {
            PipelinePosition = position,
            PipelineLength = length,
            ExpectingInput = expectingInput,
        };
        Cmdlet = (Cmdlet)Activator.CreateInstance(call.Command.ImplementingType)!;
        state = new BindingState(call.Command, Cmdlet, Invocation, run.Session.Engine) { PipelineInputExpected = expectingInput };
        Runtime = new CommandRuntime(run, this, state);
        Cmdlet.CommandRuntime = Runtime;
        (Cmdlet as PSCmdlet)?.Attach(Invocation, run.Session.State);
        pipelineBinder = new PipelineBinder(state);
    }

    internal Cmdlet Cmdlet { get; }

    internal CommandRuntime Runtime { get; }

    internal InvocationInfo Invocation { get; }

    internal CommandProcessor? Next { get; set; }

    internal void Prepare()
    {
        if (state.Metadata.Attribute.SupportsPaging)
            throw new PSNotSupportedException("The stand-in for the shell does not run cmdlets with paging.");

        new CommandLineBinder(state).Bind(call.Arguments);
        Runtime.StartVariables();
    }

    internal void Begin()
    {
        if (begun)
            return;

        begun = true;
        Guarded(Cmdlet.DoBegin);
    }

    /// <summary>The single record of a command that gets no input.</summary>
    internal void ProcessWithoutInput()
    {
        run.ThrowIfStopping();
        Begin();
        Guarded(Cmdlet.DoProcess);
    }

    internal void Process(object? input)
    {
        run.ThrowIfStopping();
        Begin();
        try
        {
            if (!pipelineBinder.Bind(input))
            {
                ReportInput(
                    input,
                    "InputObjectNotBound",
                    "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.");
                return;
            }
        }
        catch (ParameterBindingException failure)
        {
            failure.ErrorRecord.SetTargetObject(PSObject.Base(input));
            Runtime.ReportError(new ErrorRecord(failure.ErrorRecord, failure));
            return;
        }

        List<BindableParameter> missing = new MandatoryCheck(state).FindMissing(BindingState.Count(state.Sets), pipelineInputExpected: false);
        if (missing.Count > 0)
        {
            ReportInput(
                input,
                "InputObjectMissingMandatory",
                $"The input object cannot be bound because it did not contain the information required to bind all mandatory parameters: {MandatoryCheck.Describe(missing)}");
            return;
        }

        Guarded(Cmdlet.DoProcess);
    }

    internal void End() => Guarded(Cmdlet.DoEnd);

    private void ReportInput(object? input, string id, string message)
    {
        ErrorRecord record = new(state.Failure(id, message, given: input?.GetType()), id, ErrorCategory.InvalidArgument, input);
        record.SetInvocationInfo(Invocation);
        Runtime.ReportError(record);
    }

    /// <summary>Runs the cmdlet's code. What it throws ends the pipeline; upstream cmdlets only see that the pipeline stopped.</summary>
    private void Guarded(Action body)
    {
        using (run.Allow(this))
        {
            try
            {
                body();
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
            catch (Exception failure)
            {
                throw run.Fail(Wrap(failure));
            }
        }
    }

    private Exception Wrap(Exception failure)
    {
        if (failure is FlowControlException or ActionPreferenceStopException or CmdletInvocationException)
            return failure;

        ErrorRecord record = failure is IContainsErrorRecord container
            ? new ErrorRecord(container.ErrorRecord, failure)
            : new ErrorRecord(failure, failure.GetType().FullName!, ErrorCategory.NotSpecified, null);
        record.SetInvocationInfo(Invocation);
        return new CmdletInvocationException(record);
    }
}
