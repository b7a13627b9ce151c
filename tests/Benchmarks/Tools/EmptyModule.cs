namespace MacvtapTools.Benchmarks.Tools;

/// <summary>A binary module without anything in it: what an import costs at least.</summary>
internal static class EmptyModule
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net8.0</TargetFramework>
            <AssemblyName>EmptyModule</AssemblyName>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
        </Project>
        """;

    private const string Manifest = "@{ RootModule = 'EmptyModule.dll'; ModuleVersion = '1.0.0'; GUID = '0b0a5a52-54fd-4b43-b81e-0c0d4d0d3f10'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }";

    /// <summary>Builds it.</summary>
    /// <returns>The paths of the assembly and of a manifest for it.</returns>
    internal static (string Assembly, string Manifest) Build(WorkFolder folder)
    {
        string project = folder.Write("empty/EmptyModule.csproj", Project);
        folder.Write("empty/Empty.cs", "namespace EmptyModule; public static class Empty { }");
        string output = Path.Combine(folder.Path, "empty", "out");
        Tool.Run("dotnet", "build", project, "-c", "Release", "-o", output, "-v", "q", "-nologo");
        return (Path.Combine(output, "EmptyModule.dll"), folder.Write("empty/out/EmptyModule.psd1", Manifest));
    }
}
