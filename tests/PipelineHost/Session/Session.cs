using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using MacvtapTools.PipelineHost.Formatting;

namespace MacvtapTools.PipelineHost;

/// <summary>The state behind a <see cref="Shell"/>: variables, commands, types, where streams go, who answers prompts.</summary>
internal sealed class Session
{
    internal Session(ShellOptions options)
    {
        Options = options;
        State = new SessionState(this);
        Engine = new EngineIntrinsics(State, Host);
        Variables["Error"] = new ArrayList();
        Variables["ErrorActionPreference"] = ActionPreference.Continue;
        Variables["WarningPreference"] = ActionPreference.Continue;
        Variables["VerbosePreference"] = ActionPreference.SilentlyContinue;
        Variables["DebugPreference"] = ActionPreference.SilentlyContinue;
        Variables["InformationPreference"] = ActionPreference.SilentlyContinue;
        Variables["ProgressPreference"] = ActionPreference.Continue;
        Variables["ConfirmPreference"] = ConfirmImpact.High;
        Variables["WhatIfPreference"] = false;
    }

    internal ShellOptions Options { get; }

    internal SessionState State { get; }

    internal EngineIntrinsics Engine { get; }

    internal PSHost Host { get; } = new StandInHost();

    internal Dictionary<string, object?> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal CommandTable Commands { get; } = new();

    internal TypeTable Types { get; } = new();

    internal FormatTable Formats { get; } = new();

    internal string CurrentDirectory { get; set; } = Environment.CurrentDirectory;

    /// <summary>Where the script that runs now puts its records.</summary>
    internal ShellResult Streams { get; set; } = new();

    /// <summary>A prompt that nobody was told to answer; it fails the whole invocation, whatever a cmdlet's catch block thinks.</summary>
    internal UnexpectedPromptException? UnexpectedPrompt { get; set; }

    internal T Preference<T>(string name, T fallback) =>
        Variables.TryGetValue(name, out object? value) && value is not null && LanguagePrimitives.TryConvertTo(value, out T? preference) ? preference! : fallback;

    /// <summary>Puts a record first in $Error.</summary>
    internal void Remember(ErrorRecord record)
    {
        if (Variables["Error"] is ArrayList list && !list.Contains(record))
            list.Insert(0, record);
    }

    private sealed class StandInHost : PSHost
    {
        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "MacvtapTools.PipelineHost";

        public override Version Version { get; } = new(7, 6);
    }
}
