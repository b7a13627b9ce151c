// Compiled by Add-Type in the real shell. A host that keeps everything that a user would see, in order: output, errors, warnings, -WhatIf, -Verbose.
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace MacvtapTools.Pester
{
    public sealed class WritingHost : PSHost
    {
        private readonly Guid _id = Guid.NewGuid();
        private readonly WritingUI _ui;

        public WritingHost(int width) => _ui = new WritingUI(width);

        // Without colours.
        public string Text { get { lock (_ui.Written) return Regex.Replace(_ui.Written.ToString(), "\x1b\\[[0-9;]*m", ""); } }

        public override CultureInfo CurrentCulture => CultureInfo.GetCultureInfo("en-US");

        public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

        public override Guid InstanceId => _id;

        public override string Name => "Writing";

        public override PSHostUserInterface UI => _ui;

        public override Version Version => new Version(1, 0);

        public override void EnterNestedPrompt() { }

        public override void ExitNestedPrompt() { }

        public override void NotifyBeginApplication() { }

        public override void NotifyEndApplication() { }

        public override void SetShouldExit(int exitCode) { }
    }

    public sealed class WritingUI : PSHostUserInterface
    {
        private readonly WritingRawUI _raw;

        public WritingUI(int width) => _raw = new WritingRawUI(width);

        public StringBuilder Written { get; } = new StringBuilder();

        public override PSHostRawUserInterface RawUI => _raw;

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new PSInvalidOperationException("A prompt that nobody answers: " + message);

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new PSInvalidOperationException("A prompt that nobody answers: " + message);

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new PSInvalidOperationException("no prompt");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new PSInvalidOperationException("no prompt");

        public override string ReadLine() => throw new PSInvalidOperationException("no input");

        public override SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("no input");

        public override void Write(string value) { lock (Written) Written.Append(value); }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Write(value + "\n");

        public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

        public override void WriteErrorLine(string value) => WriteLine(value);

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

        public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);
    }

    public sealed class WritingRawUI : PSHostRawUserInterface
    {
        private Size _size;

        public WritingRawUI(int width) => _size = new Size(width, 1000);

        public override ConsoleColor BackgroundColor { get; set; }

        public override Size BufferSize { get => _size; set => _size = value; }

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override bool KeyAvailable => false;

        public override Size MaxPhysicalWindowSize => _size;

        public override Size MaxWindowSize => _size;

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get => _size; set => _size = value; }

        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer() { }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    }
}
