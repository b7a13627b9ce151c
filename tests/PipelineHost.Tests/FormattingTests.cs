using System.Management.Automation;
using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>Views, types files and manifests.</summary>
public sealed class FormattingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pipelinehost").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Table_view_of_the_manifest_is_used()
    {
        Shell shell = Import();
        Assert.Equal(
            "\nName   ifIndex Mode\n----   ------- ----\nmvt0        10 Vepa\nmvt1        11 Vepa\n\n",
            shell.Format(shell.Invoke("Get-Sample mvt*").Output));
    }

    [Fact]
    public void Deserialized_objects_have_the_same_view()
    {
        Shell shell = Import();
        PSObject copy = new();
        copy.TypeNames.Insert(0, "Deserialized.SampleCmdlets.Sample");
        copy.Properties.Add(new PSNoteProperty("Name", "a"));
        Assert.Contains("Name   ifIndex Mode\n", shell.Format([copy]), StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_property_of_the_types_file_binds()
    {
        ShellResult result = Import().Invoke("(Get-Sample mvt0).Label; Get-Sample mvt0 | Select-Object Label");
        Assert.Equal("mvt0", result.Output[0]);
        Assert.Equal("@{Label=mvt0}", result.Output[1]!.ToString());
    }

    [Fact]
    public void Manifest_exports_only_what_it_names()
    {
        Shell shell = Import();
        Assert.Contains("Get-Sample", shell.CommandNames);
        Assert.DoesNotContain("Set-Sample", shell.CommandNames);
        Assert.Equal(["CommandNotFoundException"], shell.Invoke("gsa").ErrorIds);
    }

    [Theory]
    [InlineData("$_")]
    [InlineData("$_.Name + $_.Mode")]
    public void Script_block_that_is_not_about_one_property_is_refused(string script)
    {
        string path = Path.Combine(folder, "bad.format.ps1xml");
        File.WriteAllText(path, View($"<ScriptBlock>{script}</ScriptBlock>"));
        Assert.Throws<InvalidDataException>(() => new Shell().LoadFormats(path));
    }

    [Fact]
    public void Script_block_that_shows_one_property_is_read_as_that_property()
    {
        Shell shell = Import();
        string path = Path.Combine(folder, "coloured.format.ps1xml");
        File.WriteAllText(path, View("<ScriptBlock>\"$($PSStyle.Bold)$($_.More)$($PSStyle.Reset)\"</ScriptBlock>").Replace("SampleCmdlets.Sample", "Coloured", StringComparison.Ordinal));
        shell.LoadFormats(path);
        PSObject sample = new();
        sample.TypeNames.Insert(0, "Coloured");
        sample.Properties.Add(new PSNoteProperty("Name", "a"));
        sample.Properties.Add(new PSNoteProperty("More", "b"));
        Assert.EndsWith("\na              b\n\n", shell.Format([sample]), StringComparison.Ordinal);
    }

    [Fact]
    public void Custom_view_shows_one_property_as_it_is()
    {
        string path = Path.Combine(folder, "text.format.ps1xml");
        File.WriteAllText(path, """
            <Configuration><ViewDefinitions><View><Name>Sample</Name><ViewSelectedBy><TypeName>SampleCmdlets.Sample</TypeName></ViewSelectedBy>
            <CustomControl><CustomEntries><CustomEntry><CustomItem><ExpressionBinding><PropertyName>Name</PropertyName></ExpressionBinding></CustomItem></CustomEntry></CustomEntries></CustomControl>
            </View></ViewDefinitions></Configuration>
            """);
        Shell shell = Samples.NewShell();
        shell.LoadFormats(path);
        Assert.Equal("\nmvt0\nmvt1\n\n", shell.Format(shell.Invoke("Get-Sample mvt*").Output));
    }

    [Fact]
    public void Objects_without_a_view_show_their_properties()
    {
        Shell shell = Samples.NewShell();
        Assert.Equal("\nA B\n- -\n1 x\n\n", shell.Format(shell.Invoke("[pscustomobject]@{ A = 1; B = 'x' }").Output.Select(o => o)).Replace(" \n", "\n", StringComparison.Ordinal), ignoreAllWhiteSpace: true);
        Assert.Contains("Mode             : Vepa\n", shell.Format(shell.Invoke("Get-Sample mvt0 | Select-Object Name,InterfaceIndex,Mode,NetworkNamespace,More").Output), StringComparison.Ordinal);
    }

    private static string View(string modeColumn) => $"""
        <Configuration><ViewDefinitions><View><Name>Sample</Name><ViewSelectedBy><TypeName>SampleCmdlets.Sample</TypeName></ViewSelectedBy>
        <TableControl><TableHeaders>
        <TableColumnHeader><Width>6</Width></TableColumnHeader>
        <TableColumnHeader><Label>ifIndex</Label><Alignment>Right</Alignment></TableColumnHeader><TableColumnHeader/>
        </TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>
        <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
        <TableColumnItem><PropertyName>InterfaceIndex</PropertyName></TableColumnItem>
        <TableColumnItem>{modeColumn}</TableColumnItem>
        </TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
        """;

    private Shell Import()
    {
        File.WriteAllText(Path.Combine(folder, "Sample.format.ps1xml"), View("<PropertyName>Mode</PropertyName>"));
        File.WriteAllText(Path.Combine(folder, "Sample.types.ps1xml"), """
            <Types><Type><Name>SampleCmdlets.Sample</Name><Members>
            <AliasProperty><Name>Label</Name><ReferencedMemberName>Name</ReferencedMemberName></AliasProperty>
            </Members></Type></Types>
            """);
        string manifest = Path.Combine(folder, "Sample.psd1");
        File.WriteAllText(manifest, $$"""
            # A manifest of literals.
            @{
                RootModule = '{{Samples.Path}}'
                ModuleVersion = '1.2.3'
                CmdletsToExport = @('Get-Sample', 'Show-*')
                AliasesToExport = @()
                FormatsToProcess = 'Sample.format.ps1xml'
                TypesToProcess = @('Sample.types.ps1xml')
                PrivateData = @{ PSData = @{ Tags = 'a', 'b' } }
            }
            """);
        Shell shell = new();
        shell.ImportManifest(manifest);
        return shell;
    }
}
