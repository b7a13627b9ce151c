using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>The parameters of a cmdlet that supports ShouldProcess.</summary>
internal sealed class ShouldProcessParameters
{
    [Parameter]
    [Alias("wi")]
    public SwitchParameter WhatIf { get; set; }

    [Parameter]
    [Alias("cf")]
    public SwitchParameter Confirm { get; set; }
}
