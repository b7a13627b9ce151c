using System.Reflection;
using MacvtapTools.PipelineHost;

namespace PipelineHost.Tests;

/// <summary>The sample cmdlets, which are compiled against the standard library and loaded at run time only.</summary>
internal static class Samples
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "SampleCmdlets.dll");

    public static Assembly Assembly { get; } = Assembly.LoadFrom(Path);

    public static Shell NewShell(ShellOptions? options = null)
    {
        Shell shell = new(options ?? new ShellOptions());
        shell.ImportAssembly(Assembly);
        shell.LoadFormats(System.IO.Path.Combine(AppContext.BaseDirectory, "Scenarios", "Sample.format.ps1xml"));
        return shell;
    }

    /// <summary>Runs lines in a shell of their own.</summary>
    public static ShellResult Run(string script, ShellOptions? options = null) => NewShell(options).Invoke(script);

    public static Type Type(string name) => Assembly.GetType("SampleCmdlets." + name, throwOnError: true)!;
}
