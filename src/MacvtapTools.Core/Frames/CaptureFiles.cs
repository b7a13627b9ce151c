using MacvtapTools.Failures;

namespace MacvtapTools.Frames;

/// <summary>Opens capture files, and says what stands in the way.</summary>
internal static class CaptureFiles
{
    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="MacvtapException">CaptureFileNotFound, AccessDenied, CaptureFileFailed.</exception>
    internal static FileStream OpenToRead(string path) =>
        Open(path, "read", static p => new FileStream(p, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan }));

    /// <summary>Opens a file to write frames to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether to go on behind what it has; it is read through first, so that nothing is added to what cannot be read.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="MacvtapException">CaptureFileExists, CaptureFileInvalid (appending), CaptureFileNotFound (no such folder), AccessDenied, CaptureFileFailed.</exception>
    internal static FileStream OpenToWrite(string path, bool append, bool overwrite)
    {
        if (append && File.Exists(path) && new FileInfo(path).Length > 0) RequireWhole(path);
        FileMode mode = append ? FileMode.Append : overwrite ? FileMode.Create : FileMode.CreateNew;
        return Open(path, "written", p => new FileStream(p, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 }));
    }

    /// <summary>What became of a write that failed, in words.</summary>
    internal static MacvtapException WriteFailed(string path, IOException failure) => new(
        FailureId.CaptureFileFailed,
        $"{path} cannot be written any further: {failure.Message}",
        "What was written before stays, and can be read.",
        path,
        failure);

    private static void RequireWhole(string path)
    {
        using CaptureReader reader = CaptureReader.Open(path);
        if (reader is not PcapngReader)
            throw new MacvtapException(FailureId.CaptureFileInvalid, $"{path} is a classic pcap file, to which no pcapng can be added.", "Write to another file.", path);
        while (reader.Next() is not null)
        {
        }
    }

    private static FileStream Open(string path, string what, Func<string, FileStream> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MacvtapException(FailureId.CaptureFileNotFound, $"There is no {(failure is FileNotFoundException ? "file" : "folder for")} {path}.", null, path, failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MacvtapException(
                Directory.Exists(path) ? FailureId.ParameterInvalid : FailureId.AccessDenied,
                Directory.Exists(path) ? $"{path} is a folder, not a file." : $"{path} may not be {what}.",
                null,
                path,
                failure);
        }
        catch (IOException) when (what == "written" && File.Exists(path))
        {
            throw new MacvtapException(FailureId.CaptureFileExists, $"{path} is there already.", "-Append adds to it, -Force replaces it.", path);
        }
        catch (IOException failure)
        {
            throw new MacvtapException(FailureId.CaptureFileFailed, $"{path} cannot be {what}: {failure.Message}", null, path, failure);
        }
    }
}
