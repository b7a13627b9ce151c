using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Whether anybody sees what a cmdlet writes to a stream, or is asked, so that nothing is made for nobody.</summary>
internal static class StreamPreference
{
    /// <summary>Whether a stream is shown: by the common parameter of its name, or by the caller's preference variable.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream">Verbose or Debug.</param>
    internal static bool Shows(this PSCmdlet cmdlet, string stream)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out object? bound)) return bound is SwitchParameter { IsPresent: true } or true;

        // A user who writes $VerbosePreference = 'Continue' in a function has a text there.
        return Enum.TryParse(cmdlet.GetVariableValue(stream + "Preference")?.ToString(), ignoreCase: true, out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    /// <summary>Whether the question of a change is put to somebody: by -WhatIf or -Confirm, or by the caller's preference variables.</summary>
    /// <param name="cmdlet">A cmdlet whose changes are of medium impact.</param>
    internal static bool AsksFirst(this PSCmdlet cmdlet) => IsOn(cmdlet, "WhatIf") ?? IsOn(cmdlet, "Confirm") ?? Prefers(cmdlet);

    private static bool? IsOn(PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound) && bound is SwitchParameter { IsPresent: true } or true ? true : null;

    private static bool Prefers(PSCmdlet cmdlet) =>
        LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"))
        || (Enum.TryParse(cmdlet.GetVariableValue("ConfirmPreference")?.ToString(), ignoreCase: true, out ConfirmImpact confirm) && confirm is ConfirmImpact.Low or ConfirmImpact.Medium);
}
