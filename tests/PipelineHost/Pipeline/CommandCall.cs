using System.Management.Automation;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>A command with its evaluated arguments.</summary>
/// <param name="Command">The cmdlet.</param>
/// <param name="InvocationName">The name it was called by.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Line">The text of the call.</param>
internal sealed record CommandCall(CmdletInfo Command, string InvocationName, IReadOnlyList<CommandArgument> Arguments, string Line);
