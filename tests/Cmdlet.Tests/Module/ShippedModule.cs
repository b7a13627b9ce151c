using System.Management.Automation;
using System.Reflection;
using MacvtapTools.PipelineHost;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The module as it is shipped, the assembly in bin/, in the stand-in for the shell.</summary>
internal static class ShippedModule
{
    internal static ModuleManifest Manifest { get; } = ModuleManifest.Read(Repository.Manifest);

    internal static Assembly Assembly { get; } = Assembly.LoadFrom(Manifest.RootModule);

    /// <summary>The cmdlet classes by cmdlet name.</summary>
    internal static IReadOnlyDictionary<string, Type> Cmdlets { get; } = new SortedDictionary<string, Type>(
        Assembly.GetExportedTypes()
            .Where(t => !t.IsAbstract && typeof(System.Management.Automation.Cmdlet).IsAssignableFrom(t))
            .ToDictionary(NameOf),
        StringComparer.Ordinal);

    /// <summary>A shell with the module imported by its manifest.</summary>
    internal static Shell NewShell(PromptAnswer? answer = null)
    {
        Shell shell = new(answer is { } given ? ShellOptions.Answering(given) : new ShellOptions());
        shell.ImportManifest(Repository.Manifest);
        return shell;
    }

    /// <summary>The parameters that a cmdlet declares itself, common ones not among them.</summary>
    internal static IReadOnlyList<PropertyInfo> Parameters(Type cmdlet) =>
        [.. cmdlet.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any()).OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static string NameOf(Type type)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>() ?? throw new InvalidOperationException($"{type} is a public cmdlet without a name.");
        return $"{attribute.VerbName}-{attribute.NounName}";
    }
}
