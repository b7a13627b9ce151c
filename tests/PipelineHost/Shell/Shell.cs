using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using MacvtapTools.PipelineHost.Completion;
using MacvtapTools.PipelineHost.Parsing;

namespace MacvtapTools.PipelineHost;

/// <summary>
/// A small stand-in for the PowerShell engine, for tests: it runs plain lines of compiled cmdlets with the shell's rules of binding,
/// conversion, streaming, errors and confirmation. It is no language, and it never ships.
/// </summary>
/// <example><code>
/// Shell shell = new();
/// shell.ImportAssembly(assembly);
/// ShellResult result = shell.Invoke("Get-Link mvt* | Set-LinkMode -Mode Bridge -WhatIf");
/// </code></example>
public sealed class Shell
{
    private readonly Session session;
    private readonly Lock gate = new();
    private Evaluator? active;

    /// <summary>A shell without modules; a prompt in it fails the invocation.</summary>
    public Shell()
        : this(new ShellOptions())
    {
    }

    /// <summary>A shell without modules.</summary>
    public Shell(ShellOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        session = new Session(options);
        session.Commands.Add(typeof(Shell).Assembly, "Microsoft.PowerShell.Core", null, null);
    }

    /// <summary>Where relative paths start.</summary>
    public string CurrentDirectory
    {
        get => session.CurrentDirectory;
        set => session.CurrentDirectory = Path.GetFullPath(value);
    }

    /// <summary>The names of every command.</summary>
    public IReadOnlyList<string> CommandNames => [.. session.Commands.Cmdlets.Select(c => c.Name).Order(StringComparer.Ordinal)];

    /// <summary>Registers every cmdlet class of the assembly, with its aliases, and calls its module initializers.</summary>
    public void ImportAssembly(Assembly assembly) => Import(assembly, assembly.GetName().Name!, null, null);

    /// <summary>Imports a module by its manifest: root module, exported cmdlets and aliases, types and formats.</summary>
    public void ImportManifest(string path)
    {
        ModuleManifest manifest = ModuleManifest.Read(path);
        foreach (string types in manifest.TypesToProcess)
            session.Types.Load(types);

        foreach (string format in manifest.FormatsToProcess)
            session.Formats.Load(format);

        Assembly assembly = Assembly.LoadFrom(manifest.RootModule);
        Import(assembly, Path.GetFileNameWithoutExtension(path), manifest.ExportsCmdlet, manifest.ExportsAlias);
    }

    /// <summary>
    /// Compiles every method of an assembly, and tells which of them call something of the shell that the stand-in does not have.
    /// </summary>
    public static IReadOnlyList<string> FindBrokenBindings(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        List<string> broken = [];
        foreach (Type type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
                    continue;

                try
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
                catch (Exception failure) when (failure is MissingMemberException or TypeLoadException)
                {
                    broken.Add($"{type.FullName}.{method.Name}: {failure.Message}");
                }
            }
        }

        return broken;
    }

    /// <summary>Loads a types file alone.</summary>
    public void LoadTypes(string path) => session.Types.Load(path);

    /// <summary>Loads a format file alone.</summary>
    public void LoadFormats(string path) => session.Formats.Load(path);

    public void SetVariable(string name, object? value) => session.Variables[name] = value;

    public object? GetVariable(string name) => session.Variables.GetValueOrDefault(name);

    /// <summary>Why lines are beyond the stand-in: a construct that it cannot read, a command or a parameter that it does not have. Null where it can run them; nothing runs.</summary>
    public string? WhyBeyond(string script)
    {
        try
        {
            ScriptParser.Parse(script, out IReadOnlyList<CommandNode> commands);
            return commands.Select(c => c.WhyBeyond(session)).FirstOrDefault(reason => reason is not null);
        }
        catch (ScriptParseException failure)
        {
            return failure.Construct;
        }
    }

    /// <summary>The statements of a script, in their order: what would be typed at the prompt one after the other.</summary>
    /// <exception cref="ScriptParseException">A line is beyond the stand-in.</exception>
    public static IReadOnlyList<string> Statements(string script) => [.. ScriptParser.Parse(script).Select(s => s.Text)];

    /// <summary>Runs lines. What a cmdlet throws is in the result; a line that cannot be read, or an unanswered prompt, is thrown.</summary>
    /// <exception cref="ScriptParseException">The line is beyond the stand-in.</exception>
    /// <exception cref="UnexpectedPromptException">A cmdlet asked what nobody was told to answer.</exception>
    public ShellResult Invoke(string script)
    {
        IReadOnlyList<Statement> statements = ScriptParser.Parse(script);
        ShellResult result = new();
        Evaluator evaluator = new(session);
        lock (gate)
        {
            if (active is not null)
                throw new InvalidOperationException("The shell already runs something; one shell runs one script at a time.");

            active = evaluator;
        }

        TypeTable previous = TypeTable.Current;
        TypeTable.Current = session.Types;
        session.Streams = result;
        session.UnexpectedPrompt = null;
        try
        {
            foreach (Statement statement in statements)
            {
                if (!Run(statement, evaluator, result))
                    break;
            }
        }
        finally
        {
            TypeTable.Current = previous;
            lock (gate)
                active = null;
        }

        return session.UnexpectedPrompt is null ? result : throw session.UnexpectedPrompt;
    }

    /// <summary>Runs lines on another thread.</summary>
    public Task<ShellResult> InvokeAsync(string script) => Task.Run(() => Invoke(script));

    /// <summary>Stops what runs, as Ctrl+C does: StopProcessing of every cmdlet is called on this thread.</summary>
    public void Stop()
    {
        Evaluator? evaluator;
        lock (gate)
            evaluator = active;

        evaluator?.Stop();
    }

    /// <summary>Completions at a place in a line: commands, parameter names, parameter values.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line, int cursor) => new Completer(session).Complete(line, cursor);

    /// <summary>Completions at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line) => Complete(line, line?.Length ?? 0);

    /// <summary>Objects as plain text: the view of the loaded format files for their type, or their properties.</summary>
    public string Format(IEnumerable<object?> objects, int width = 120)
    {
        TypeTable previous = TypeTable.Current;
        TypeTable.Current = session.Types;
        try
        {
            return session.Formats.Format(objects, width);
        }
        finally
        {
            TypeTable.Current = previous;
        }
    }

    private void Import(Assembly assembly, string moduleName, Func<string, bool>? cmdletFilter, Func<string, bool>? aliasFilter)
    {
        foreach (Type type in assembly.GetTypes().Where(t => typeof(IModuleAssemblyInitializer).IsAssignableFrom(t) && !t.IsAbstract))
            ((IModuleAssemblyInitializer)Activator.CreateInstance(type)!).OnImport();

        session.Commands.Add(assembly, moduleName, cmdletFilter, aliasFilter);
    }

    /// <summary>Runs one statement; false when nothing after it may run.</summary>
    private bool Run(Statement statement, Evaluator evaluator, ShellResult result)
    {
        try
        {
            statement.Run(evaluator, o => result.Add(StreamKind.Output, Bare(o)));
            return true;
        }
        catch (UnexpectedPromptException)
        {
            return false;
        }
        catch (StopUpstreamCommandsException)
        {
            // An upstream cmdlet swallowed the stop: the real engine then ends the script without a word.
            return false;
        }
        catch (PipelineStoppedException)
        {
            result.WasStopped = true;
            return false;
        }
        catch (RuntimeException failure)
        {
            return Report(failure, failure.ErrorRecord, result);
        }
        catch (InvalidCastException failure)
        {
            return Report(failure, new ErrorRecord(failure, "InvalidCast", ErrorCategory.InvalidArgument, null), result);
        }
    }

    /// <summary>An error that ends the statement goes to the error stream; with a preference of Stop it ends the script too.</summary>
    private bool Report(Exception failure, ErrorRecord record, ShellResult result)
    {
        result.TerminatingException = failure;
        session.Remember(record);
        ActionPreference preference = session.Preference("ErrorActionPreference", ActionPreference.Continue);
        if (preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore) || failure is ActionPreferenceStopException)
            result.Add(StreamKind.Error, record);

        result.EndedScript = failure is ActionPreferenceStopException || preference == ActionPreference.Stop;
        return !result.EndedScript;
    }

    private static object? Bare(object? value) =>
        value is PSObject { HasAddedProperties: false, HasOwnTypeNames: false, BaseObject: not PSCustomObject } plain ? plain.BaseObject : value;
}
