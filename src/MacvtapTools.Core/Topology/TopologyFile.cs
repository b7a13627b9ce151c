using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Topology;

/// <summary>Writes pictures to files.</summary>
internal static class TopologyFile
{
    private static readonly (string Extension, TopologyFormat Format)[] Extensions =
    [
        (".svg", TopologyFormat.Svg), (".mmd", TopologyFormat.Mermaid), (".mermaid", TopologyFormat.Mermaid), (".dot", TopologyFormat.Dot), (".gv", TopologyFormat.Dot), (".json", TopologyFormat.Json),
    ];

    /// <summary>The format that a file's name asks for.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>: its extension is none of ours.</exception>
    internal static TopologyFormat FormatOf(string path)
    {
        string extension = Path.GetExtension(path);
        foreach ((string known, TopologyFormat format) in Extensions)
        {
            if (string.Equals(known, extension, StringComparison.OrdinalIgnoreCase)) return format;
        }

        throw new MacvtapException(
            FailureId.ParameterInvalid,
            $"The name of {path} does not say which format is wanted.",
            "Let it end in .svg, .mmd, .dot or .json, or give -Format.",
            path);
    }

    /// <summary>Refuses a file before anything is read, where it is certain already.</summary>
    /// <exception cref="MacvtapException">FileExists, ParameterInvalid.</exception>
    internal static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path)) throw new MacvtapException(FailureId.ParameterInvalid, $"{path} is a folder, not a file.", "Name a file in it.", path);
        if (!overwrite && File.Exists(path)) throw Exists(path);
    }

    /// <summary>The text of a picture.</summary>
    internal static string Text(TopologyPicture picture, TopologyFormat format) => format switch
    {
        TopologyFormat.Svg => SvgWriter.Write(picture),
        TopologyFormat.Mermaid => MermaidWriter.Write(picture),
        TopologyFormat.Dot => DotWriter.Write(picture),
        _ => JsonWriter.Write(picture),
    };

    /// <summary>Writes a file, as UTF-8.</summary>
    /// <exception cref="MacvtapException">FileExists, AccessDenied, FileWriteFailed.</exception>
    internal static FileInfo Write(string path, string text, bool overwrite)
    {
        try
        {
            using var file = new FileStream(path, overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, failure);
        }

        return new FileInfo(path);
    }

    /// <summary>Checks that a file could be written, and makes none.</summary>
    /// <exception cref="MacvtapException">AccessDenied, FileWriteFailed.</exception>
    internal static void CheckWritable(string path)
    {
        if (FileAccessCheck.WhyNotOpened(path) is { } failure) throw NotWritten(path, failure);
    }

    private static MacvtapException NotWritten(string path, Exception failure) => failure is UnauthorizedAccessException
        ? new MacvtapException(FailureId.AccessDenied, $"{path} may not be written.", "Name a file in a folder of yours.", path, failure)
        : new MacvtapException(FailureId.FileWriteFailed, $"{path} cannot be written: {failure.Message}", failure is DirectoryNotFoundException ? "Make the folder first (New-Item -ItemType Directory)." : "Name a file in another folder.", path, failure);

    private static MacvtapException Exists(string path) => new(FailureId.FileExists, $"{path} is there already.", "-Force replaces it.", path);
}
