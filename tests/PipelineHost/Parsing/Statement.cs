namespace MacvtapTools.PipelineHost.Parsing;

/// <summary>A statement: a pipeline, whose output goes to a variable when it is an assignment.</summary>
/// <param name="Variable">The variable's name, or null.</param>
/// <param name="Pipeline">What runs.</param>
/// <param name="Text">Its text.</param>
internal sealed record Statement(string? Variable, PipelineNode Pipeline, string Text)
{
    internal void Run(Evaluator evaluator, Action<object?> output)
    {
        if (Variable is null)
            Pipeline.Run(evaluator, output);
        else
            evaluator.SetVariable(Variable, Pipeline.Evaluate(evaluator));
    }
}
