using System.Management.Automation;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>The parameters that every cmdlet has.</summary>
internal sealed class CommonParameters
{
    [Parameter]
    [Alias("vb")]
    public SwitchParameter Verbose { get; set; }

    [Parameter]
    [Alias("db")]
    public SwitchParameter Debug { get; set; }

    [Parameter]
    [Alias("ea")]
    public ActionPreference ErrorAction { get; set; }

    [Parameter]
    [Alias("wa")]
    public ActionPreference WarningAction { get; set; }

    [Parameter]
    [Alias("infa")]
    public ActionPreference InformationAction { get; set; }

    [Parameter]
    [Alias("proga")]
    public ActionPreference ProgressAction { get; set; }

    [Parameter]
    [Alias("ev")]
    public string? ErrorVariable { get; set; }

    [Parameter]
    [Alias("wv")]
    public string? WarningVariable { get; set; }

    [Parameter]
    [Alias("iv")]
    public string? InformationVariable { get; set; }

    [Parameter]
    [Alias("ov")]
    public string? OutVariable { get; set; }

    [Parameter]
    [Alias("ob")]
    [ValidateRange(0, int.MaxValue)]
    public int OutBuffer { get; set; }

    [Parameter]
    [Alias("pv")]
    public string? PipelineVariable { get; set; }
}
