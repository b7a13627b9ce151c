using System.Management.Automation;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What these tests run is what is shipped, bound to the stand-in and to nothing else.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Cmdlets_derive_from_the_stand_ins_PSCmdlet() =>
        Assert.All(ShippedModule.Cmdlets.Values, t => Assert.True(typeof(PSCmdlet).IsAssignableFrom(t)));

    [Fact]
    public void The_stand_in_is_the_only_System_Management_Automation_of_the_process()
    {
        System.Reflection.Assembly automation = Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), a => a.GetName().Name == "System.Management.Automation");
        Assert.Same(typeof(Shell).Assembly, automation);
        Assert.Empty(automation.GetName().GetPublicKeyToken() ?? []);
        Assert.Contains("stand-in", automation.GetCustomAttributes(typeof(System.Reflection.AssemblyDescriptionAttribute), false)
            .Cast<System.Reflection.AssemblyDescriptionAttribute>().Single().Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reference_assembly_is_in_no_output()
    {
        string tests = Path.GetDirectoryName(typeof(BindingTests).Assembly.Location)!;
        Assert.Equal("MacvtapTools test equipment: a small stand-in for the PowerShell engine. Not PowerShell.",
            System.Diagnostics.FileVersionInfo.GetVersionInfo(Path.Combine(tests, "System.Management.Automation.dll")).Comments);
        Assert.False(File.Exists(Repository.Path("bin", "System.Management.Automation.dll")), "bin/ must not hold a System.Management.Automation.dll: the user's shell brings its own.");
    }

    [Fact]
    public void The_module_is_the_builds_output() => Assert.Equal(Repository.Path("bin", "MacvtapTools.dll"), ShippedModule.Assembly.Location);

    [Fact]
    public void The_library_beside_the_module_is_the_one_of_the_tests() =>
        Assert.Equal(
            System.Reflection.AssemblyName.GetAssemblyName(typeof(Link).Assembly.Location).FullName,
            System.Reflection.AssemblyName.GetAssemblyName(Repository.Path("bin", "MacvtapTools.Core.dll")).FullName);
}
