using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>Questions, answered by the test or not at all.</summary>
public sealed class PromptTests
{
    [Fact]
    public void Unanswered_prompt_fails_the_invocation()
    {
        UnexpectedPromptException failure = Assert.Throws<UnexpectedPromptException>(() => Samples.Run("Remove-Sample a"));
        Assert.Equal("Are you sure you want to perform this action?\nPerforming the operation \"Remove-Sample\" on target \"a\".", failure.Prompt.Message);
    }

    [Theory]
    [InlineData(PromptAnswer.Yes, 2, new[] { "removed a", "removed b" })]
    [InlineData(PromptAnswer.YesToAll, 1, new[] { "removed a", "removed b" })]
    [InlineData(PromptAnswer.No, 2, new string[0])]
    [InlineData(PromptAnswer.NoToAll, 1, new string[0])]
    public void ShouldProcess_takes_the_answer(PromptAnswer answer, int prompts, string[] output)
    {
        ShellResult result = Samples.Run("'a','b' | Remove-Sample", ShellOptions.Answering(answer));
        Assert.Equal(output, result.Objects<string>());
        Assert.Equal(prompts, result.Prompts.Count);
    }

    [Fact]
    public void Confirm_asks_below_the_preference()
    {
        ShellResult result = Samples.Run("Set-Sample mvt0 Bridge -Confirm -PassThru", ShellOptions.Answering(PromptAnswer.Yes));
        Assert.Single(result.Prompts);
        Assert.Single(result.Output);
    }

    [Fact]
    public void ShouldContinue_asks_once_for_all()
    {
        ShellResult result = Samples.Run("Remove-Sample a,b -Ask -Confirm:$false", ShellOptions.Answering(PromptAnswer.YesToAll));
        Assert.Equal(new Prompt("Removal", "Really a?"), Assert.Single(result.Prompts));
        Assert.Equal(["removed a", "removed b"], result.Objects<string>());
    }
}
