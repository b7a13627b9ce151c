using System.Management.Automation;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>A cmdlet's preferences: its common parameters where given, the session's variables otherwise.</summary>
internal sealed class Preferences(Session session, BindingState state)
{
    internal ActionPreference Error => Of("ErrorAction", state.Common.ErrorAction, "ErrorActionPreference", ActionPreference.Continue);

    internal ActionPreference Warning => OfDebugged("WarningAction", state.Common.WarningAction, "WarningPreference");

    internal ActionPreference Information =>
        Of("InformationAction", state.Common.InformationAction, "InformationPreference", ActionPreference.SilentlyContinue);

    internal ActionPreference Progress => Of("ProgressAction", state.Common.ProgressAction, "ProgressPreference", ActionPreference.Continue);

    internal ActionPreference Verbose => !state.IsBound("Verbose") && state.Common.Debug ? ActionPreference.Inquire : OfSwitch("Verbose", state.Common.Verbose, "VerbosePreference");

    internal ActionPreference Debug => OfSwitch("Debug", state.Common.Debug, "DebugPreference");

    internal bool IsVerbose => Verbose is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    internal bool WhatIf => state.IsBound("WhatIf") ? state.ShouldProcess.WhatIf : session.Preference("WhatIfPreference", false);

    /// <summary>Whether the cmdlet's impact stays below what is to be confirmed.</summary>
    internal bool ConfirmsItself
    {
        get
        {
            ConfirmImpact threshold = state.IsBound("Confirm")
                ? state.ShouldProcess.Confirm ? ConfirmImpact.Low : ConfirmImpact.None
                : session.Preference("ConfirmPreference", ConfirmImpact.High);
            return threshold == ConfirmImpact.None || threshold > state.Metadata.Attribute.ConfirmImpact;
        }
    }

    private ActionPreference Of(string parameter, ActionPreference bound, string variable, ActionPreference fallback) =>
        state.IsBound(parameter) ? bound : session.Preference(variable, fallback);

    /// <summary>-Debug asks at each record, -Verbose lets it pass, unless the stream's own parameter is there.</summary>
    private ActionPreference OfDebugged(string parameter, ActionPreference bound, string variable)
    {
        if (!state.IsBound(parameter) && state.Common.Debug)
            return ActionPreference.Inquire;

        if (!state.IsBound(parameter) && state.Common.Verbose)
            return ActionPreference.Continue;

        return Of(parameter, bound, variable, ActionPreference.Continue);
    }

    private ActionPreference OfSwitch(string parameter, SwitchParameter bound, string variable)
    {
        if (state.IsBound(parameter))
            return bound ? ActionPreference.Continue : ActionPreference.SilentlyContinue;

        return session.Preference(variable, ActionPreference.SilentlyContinue);
    }
}
