using System.Collections;
using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Guests;
using MacvtapTools.Interop;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Starts a program, usually a virtual machine, that has open tap devices as its descriptors 3, 4 and so on.</summary>
[Cmdlet(VerbsLifecycle.Start, "TapProcess", SupportsShouldProcess = true)]
[OutputType(typeof(TapProcess))]
public sealed class StartTapProcessCommand : GuestCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The program: a name that is looked for in PATH, or a path.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProgramNameCompleter))]
    public string FilePath { get; set; } = string.Empty;

    /// <summary>Its arguments, one element each; nothing splits or expands them. Placeholders such as {fd} and {mac} are filled in.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [Alias("Args")]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>The tap devices: of Get-TapDevice, links, names of links, open endpoints, or relays. Together they are for one program; by the pipe each one is for a program of its own.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(LinkNameCompleter))]
    public TapReference[] TapDevice { get; set; } = [];

    /// <summary>How many queues to open of each tap device, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, GuestTap.MostQueues)]
    public int QueueCount { get; set; } = 1;

    /// <summary>Bytes in front of each frame: 10, which QEMU expects; 12; or 0 for programs that want bare frames.</summary>
    [Parameter]
    [ValidateSet("0", "10", "12")]
    public int VnetHeaderSize { get; set; } = GuestTap.UsualVnetHeaderSize;

    /// <summary>Where the program starts. The shell's current directory where it is left out.</summary>
    [Parameter]
    public string? WorkingDirectory { get; set; }

    /// <summary>Variables of its environment besides the shell's own; a value of null takes one away.</summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary>The file that takes its standard output; written anew.</summary>
    [Parameter]
    public string? StandardOutputPath { get; set; }

    /// <summary>The file that takes its standard error; written anew.</summary>
    [Parameter]
    public string? StandardErrorPath { get; set; }

    /// <summary>Lets it write to the terminal.</summary>
    [Parameter]
    public SwitchParameter InheritOutput { get; set; }

    /// <summary>The network namespace that the program runs in. The shell's own where it is left out: an open tap device works from any.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string? InNamespace { get; set; }

    /// <summary>How long the start is watched: a program that fails in this time is reported as an error. Seconds, or a TimeSpan; a quarter of a second where it is left out.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan StartupTime { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(FilePath, Start);

    private void Start()
    {
        ProgramStart start = Compose();
        string path = ProgramStarter.Check(start, TapDevice.Length);
        RequireUnwritten(start);
        if (!Proceed(path, $"Start with tap device{(TapDevice.Length == 1 ? string.Empty : "s")} of {string.Join(", ", TapDevice.Select(t => t.ToString()))}", () => Check(start)))
            return;
        List<GuestTap> taps = [];
        try
        {
            foreach (TapReference reference in TapDevice)
                taps.Add(OpenTap(reference, QueueCount, VnetHeaderSize));
            TapProcess process = ProgramStarter.Start(start, taps, StopRequested);
            Note(start);
            foreach (GuestTap tap in taps)
                tap.HandOver(process.ToString());
            WriteObject(process);
        }
        finally
        {
            foreach (GuestTap tap in taps)
                tap.Dispose();
        }
    }

    /// <summary>Refuses a file that has the output of a program that the tap device before this one was given to: it would be written anew, over that.</summary>
    private void RequireUnwritten(ProgramStart start)
    {
        foreach (string path in Outputs(start).Where(_written.Contains))
        {
            throw new MacvtapException(
                FailureId.ParameterInvalid,
                $"{path} takes the output of the program before, and the next one would write it anew.",
                "By the pipe each tap device is for a program of its own: start them one by one (ForEach-Object), each with files of its own.",
                path);
        }
    }

    /// <summary>Pipes and devices can take the output of several programs; a file is for one.</summary>
    private void Note(ProgramStart start) => _written.UnionWith(Outputs(start).Where(p => !OutputFiles.IsShared(p)));

    private static IEnumerable<string> Outputs(ProgramStart start) => new[] { start.StandardOutputPath, start.StandardErrorPath }.OfType<string>();

    private Verdict Check(ProgramStart start)
    {
        Verdict verdict = Verdict.Accepted;
        foreach (TapReference reference in TapDevice) verdict = verdict.And(CheckTap(reference, QueueCount, VnetHeaderSize));
        ProgramStarter.CheckPlaces(start);
        Note(start);
        return verdict.And(new Verdict("what the program says to its arguments"));
    }

    private ProgramStart Compose() => new()
    {
        Program = FilePath.Contains('/', StringComparison.Ordinal) ? Resolve(FilePath) : FilePath,
        Arguments = ArgumentList,
        WorkingDirectory = WorkingDirectory is null ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : Resolve(WorkingDirectory),
        Environment = Variables(),
        StandardOutputPath = StandardOutputPath is null ? null : Resolve(StandardOutputPath),
        StandardErrorPath = StandardErrorPath is null ? null : Resolve(StandardErrorPath),
        InheritOutput = InheritOutput,
        NetworkNamespace = string.IsNullOrEmpty(InNamespace) ? null : InNamespace,
        StartupTime = StartupTime,
    };

    private string Resolve(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private Dictionary<string, string> Variables()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        foreach (DictionaryEntry variable in Environment ?? new Hashtable())
        {
            string name = variable.Key.ToString()!;
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
                throw new MacvtapException(FailureId.ParameterInvalid, $"'{name}' is no name for a variable of the environment.", null, name);
            if (variable.Value is null)
                variables.Remove(name);
            else
                variables[name] = LanguagePrimitives.ConvertTo<string>(variable.Value);
        }

        return variables;
    }
}
