// Compiled by Add-Type in the real shell. A host that writes nothing and remembers what -WhatIf said and what -Confirm asked: both go to the host alone.
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MacvtapTools.Pester
{
    public sealed class CatchingHost : PSHost
    {
        private readonly Guid _id = Guid.NewGuid();
        private readonly CatchingUI _ui = new CatchingUI();

        public List<string> WhatIf => _ui.Lines;

        public List<string> Prompts => _ui.Prompts;

        // The label of the choice to take, such as "&No"; null refuses every prompt.
        public string Answer { get => _ui.Answer; set => _ui.Answer = value; }

        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId => _id;

        public override string Name => "Catching";

        public override PSHostUserInterface UI => _ui;

        public override Version Version => new Version(1, 0);

        public override void EnterNestedPrompt() { }

        public override void ExitNestedPrompt() { }

        public override void NotifyBeginApplication() { }

        public override void NotifyEndApplication() { }

        public override void SetShouldExit(int exitCode) { }
    }

    public sealed class CatchingUI : PSHostUserInterface
    {
        public List<string> Lines { get; } = new List<string>();

        public List<string> Prompts { get; } = new List<string>();

        public string Answer { get; set; }

        public override PSHostRawUserInterface RawUI => null;

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new PSInvalidOperationException("no prompt");

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Prompts.Add(message);
            for (int i = 0; i < choices.Count; i++)
            {
                if (Answer != null && choices[i].Label.Replace("&", "").Replace(" ", "").Equals(Answer, StringComparison.OrdinalIgnoreCase)) return i;
            }

            throw new PSInvalidOperationException("A prompt that the scenario does not answer: " + message);
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new PSInvalidOperationException("no prompt");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new PSInvalidOperationException("no prompt");

        public override string ReadLine() => throw new PSInvalidOperationException("no input");

        public override SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("no input");

        public override void Write(string value) { }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) { }

        public override void WriteLine(string value) => Lines.Add(value);

        public override void WriteDebugLine(string message) { }

        public override void WriteErrorLine(string value) { }

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override void WriteVerboseLine(string message) { }

        public override void WriteWarningLine(string message) { }
    }
}
