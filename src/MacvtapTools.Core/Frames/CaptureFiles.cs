using MacvtapTools.Failures;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Frames;

/// <summary>Opens capture files, and says what stands in the way.</summary>
internal static class CaptureFiles
{
    private const string Written = "written";

    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="MacvtapException">CaptureFileNotFound, AccessDenied, CaptureFileFailed.</exception>
    internal static FileStream OpenToRead(string path) =>
        Open(path, "read", static p => new FileStream(p, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan }));

    /// <summary>Opens a file to write frames to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether to go on behind what it has; it is read through first, so that nothing is added to what cannot be read.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="deadline">Until when to wait for somebody who reads, where it is a FIFO; as <see cref="Environment.TickCount64"/> counts.</param>
    /// <param name="stop">Ends that waiting, and waiting for a reader that takes nothing.</param>
    /// <exception cref="MacvtapException">CaptureFileExists, CaptureFileInvalid (appending), CaptureFileNotFound (no such folder), AccessDenied, CaptureFileFailed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static Stream OpenToWrite(string path, bool append, bool overwrite, long deadline = long.MaxValue, CancellationToken stop = default)
    {
        if (OutputFiles.IsPipe(path)) return OpenPipe(path, deadline, stop);
        if (append && File.Exists(path) && new FileInfo(path).Length > 0) RequireWhole(path);
        FileMode mode = append ? FileMode.Append : overwrite ? FileMode.Create : FileMode.CreateNew;
        return Open(path, Written, p => new FileStream(p, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 }));
    }

    /// <summary>Checks that a file could be written, and makes none.</summary>
    /// <exception cref="MacvtapException">As <see cref="OpenToWrite"/>.</exception>
    internal static void CheckWritable(string path, bool append, bool overwrite)
    {
        if (append && File.Exists(path) && new FileInfo(path).Length > 0) RequireWhole(path);
        Open(path, Written, p =>
        {
            if (!append && !overwrite && File.Exists(p) && !OutputFiles.IsPipe(p)) throw new IOException();
            return FileAccessCheck.WhyNotOpened(p) is { } failure ? throw failure : FileStream.Null;
        });
    }

    /// <summary>What became of a write that failed, in words.</summary>
    internal static MacvtapException WriteFailed(string path, IOException failure) => new(
        FailureId.CaptureFileFailed,
        $"{path} cannot be written any further: {failure.Message}",
        "What was written before stays, and can be read.",
        path,
        failure);

    /// <summary>What goes into a FIFO replaces nothing: neither -Force nor -Append is needed.</summary>
    private static PipeStream OpenPipe(string path, long deadline, CancellationToken stop)
    {
        try
        {
            SafeFileHandle pipe = OutputFiles.Open(path, 0, 0, deadline, stop);
            Libc.SetFileFlags(pipe, Libc.O_NONBLOCK);
            return new PipeStream(pipe, stop);
        }
        catch (KernelException failure)
        {
            throw failure.Errno switch
            {
                Errno.ENXIO => new MacvtapException(FailureId.CaptureFileFailed, $"Nobody reads the pipe {path}.", "Start the program that reads it, such as wireshark -k -i with its path; this command waits for it as long as it may.", path, failure),
                Errno.EACCES or Errno.EPERM => new MacvtapException(FailureId.AccessDenied, $"{path} may not be written.", "Take a pipe of your own (mkfifo).", path, failure),
                _ => new MacvtapException(FailureId.CaptureFileFailed, $"{path} cannot be written.", null, path, failure),
            };
        }
    }

    private static void RequireWhole(string path)
    {
        using CaptureReader reader = CaptureReader.Open(path);
        if (reader is not PcapngReader)
            throw new MacvtapException(FailureId.CaptureFileInvalid, $"{path} is a classic pcap file, to which no pcapng can be added.", "Write to another file.", path);
        while (reader.Next() is not null)
        {
        }
    }

    private static T Open<T>(string path, string what, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MacvtapException(FailureId.CaptureFileNotFound, $"There is no {(failure is FileNotFoundException ? "file" : "folder for")} {path}.", failure is FileNotFoundException ? "Get-ChildItem shows what is there." : "Make the folder first (New-Item -ItemType Directory).", path, failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new MacvtapException(
                Directory.Exists(path) ? FailureId.ParameterInvalid : FailureId.AccessDenied,
                Directory.Exists(path) ? $"{path} is a folder, not a file." : $"{path} may not be {what}.",
                Directory.Exists(path) ? "Name a file in it." : "Take a file that is yours, in a folder of yours.",
                path,
                failure);
        }
        catch (IOException) when (what == Written && File.Exists(path))
        {
            throw new MacvtapException(FailureId.CaptureFileExists, $"{path} is there already.", "-Append adds to it, -Force replaces it.", path);
        }
        catch (IOException failure)
        {
            throw new MacvtapException(FailureId.CaptureFileFailed, $"{path} cannot be {what}: {failure.Message}", "Take another file, or make room.", path, failure);
        }
    }
}
