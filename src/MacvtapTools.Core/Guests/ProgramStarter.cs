using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>Starts a program that has tap devices as descriptors 3, 4, …, and nothing else of this process.</summary>
internal static class ProgramStarter
{
    /// <summary>The first descriptor after input, output and errors.</summary>
    internal const int FirstDescriptor = 3;

    private const int ErrorLines = 5;
    private const string NullDevice = "/dev/null";

    /// <summary>What can be known before anything is opened.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="deviceCount">How many tap devices it gets.</param>
    /// <returns>The program's absolute path.</returns>
    /// <exception cref="MacvtapException">ProgramNotFound, ProgramNotExecutable, PlaceholderInvalid, ParameterInvalid, AccessDenied: the directory.</exception>
    internal static string Check(ProgramStart start, int deviceCount)
    {
        if (!Directory.Exists(start.WorkingDirectory))
            throw new MacvtapException(FailureId.ParameterInvalid, $"There is no directory {start.WorkingDirectory} to start in.", "Give -WorkingDirectory one that is there.", start.WorkingDirectory);
        if (!Libc.MayAccess(Directory.ResolveLinkTarget(start.WorkingDirectory, returnFinalTarget: true)?.FullName ?? start.WorkingDirectory, Libc.X_OK))
            throw new MacvtapException(FailureId.AccessDenied, $"The directory {start.WorkingDirectory} may not be entered, and no program can start in it.", "Give -WorkingDirectory one that this user may enter.", start.WorkingDirectory);
        foreach (string text in start.Arguments.Append(start.Program))
        {
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new MacvtapException(FailureId.ParameterInvalid, "An argument has a null character in it, and no program can be given one.", null, text);
        }

        foreach (string argument in start.Arguments)
            ArgumentTemplate.Check(argument, deviceCount);
        return ProgramPath.Find(start.Program, start.WorkingDirectory, start.Environment.GetValueOrDefault("PATH"));
    }

    /// <summary>What is opened besides the tap devices: checked, and left alone.</summary>
    /// <exception cref="MacvtapException">AccessDenied, ParameterInvalid: a file for what it writes; NetworkNamespaceNotFound.</exception>
    internal static void CheckPlaces(ProgramStart start)
    {
        foreach (string path in new[] { start.StandardOutputPath, start.StandardErrorPath }.OfType<string>())
        {
            if (FileAccessCheck.WhyNotMade(path) is { } errno) throw NotWritten(path, new PredictedRefusal(errno, $"open {path}"));
        }

        if (start.NetworkNamespace is { } place) NamespaceResolver.Open(place).Dispose();
    }

    /// <summary>Starts it.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="taps">The open tap devices; they stay the caller's, and can be closed afterwards.</param>
    /// <param name="cancellation">Ends the watching of the start, and the waiting for the reader of a FIFO that takes its output. The program is ended then.</param>
    /// <exception cref="MacvtapException">As <see cref="Check"/>, and ProgramFailed, AccessDenied, KernelError. Nothing runs then.</exception>
    internal static TapProcess Start(ProgramStart start, IReadOnlyList<GuestTap> taps, CancellationToken cancellation)
    {
        string path = Check(start, taps.Count);
        List<PlaceholderValues> values = [];
        foreach (GuestTap tap in taps)
            values.Add(tap.Values(FirstDescriptor + values.Sum(v => v.Descriptors.Count)));
        string[] arguments = [.. start.Arguments.Select(a => ArgumentTemplate.Fill(a, values))];
        TapProcess process = Spawn(start, path, arguments, taps, cancellation);
        try
        {
            if (start.StartupTime > TimeSpan.Zero && process.WaitForExit(start.StartupTime, cancellation) && process.ExitCode is not 0)
                throw Failed(process);
            return process;
        }
        catch (OperationCanceledException)
        {
            process.Signal(Libc.SIGKILL);
            throw;
        }
    }

    private static TapProcess Spawn(ProgramStart start, string path, string[] arguments, IReadOnlyList<GuestTap> taps, CancellationToken cancellation)
    {
        List<SafeFileHandle> files = [];
        KeptText? text = null;
        TapProcess? process = null;
        try
        {
            SafeFileHandle input = Keep(Libc.Open(NullDevice, Libc.O_RDONLY) ?? throw KernelException.FromLastError($"open {NullDevice}"));
            SafeFileHandle? output = start.StandardOutputPath is { } outputPath ? Keep(Create(outputPath, cancellation))
                : start.InheritOutput ? null
                : Keep(Libc.Open(NullDevice, Libc.O_WRONLY) ?? throw KernelException.FromLastError($"open {NullDevice}"));
            SafeFileHandle? error = start.StandardErrorPath is { } errorPath ? (errorPath == start.StandardOutputPath ? output : Keep(Create(errorPath, cancellation)))
                : start.InheritOutput ? null
                : (text = KeptText.Create()).File;
            using NamespaceHandle? place = start.NetworkNamespace is null ? null : NamespaceResolver.Open(start.NetworkNamespace);
            using SpawnRequest request = new([input, output, error, .. taps.SelectMany(t => t.Queues)], start.WorkingDirectory);
            DateTime time = DateTime.Now;
            string[] all = [start.Program, .. arguments];
            int id = place is null ? request.Start(path, all, start.Environment) : NamespaceRunner.Run(place, () => request.Start(path, all, start.Environment));
            return process = new TapProcess(id, path, arguments, taps, time, start, text);
        }
        catch (KernelException failure) when (failure.Operation == $"start {path}")
        {
            throw NotStarted(path, start.Program, failure);
        }
        finally
        {
            if (process is null)
                text?.Dispose();
            foreach (SafeFileHandle file in files)
                file.Dispose();
        }

        SafeFileHandle Keep(SafeFileHandle file)
        {
            files.Add(file);
            return file;
        }
    }

    private static SafeFileHandle Create(string path, CancellationToken cancellation)
    {
        const uint ReadWriteForAll = 0x1B6; // 0666, less the umask
        try
        {
            return OutputFiles.Open(path, Libc.O_CREAT | Libc.O_TRUNC | Libc.O_APPEND, ReadWriteForAll, long.MaxValue, cancellation);
        }
        catch (KernelException failure)
        {
            throw NotWritten(path, failure);
        }
    }

    private static MacvtapException NotWritten(string path, KernelException failure) => new(
        failure.Errno is Errno.EACCES or Errno.EPERM ? FailureId.AccessDenied : FailureId.ParameterInvalid,
        $"{path} cannot be written.",
        "Give a path in a directory that is there and that you may write in.",
        path,
        failure);

    private static MacvtapException NotStarted(string path, string program, KernelException failure) => failure.Errno switch
    {
        Errno.EACCES or Errno.EPERM or Errno.ENOEXEC => new(
            FailureId.ProgramNotExecutable,
            $"{path} may not be run as a program.",
            "It needs to be a program for this machine, or a script whose first line names one (#!/bin/sh).",
            program,
            failure),
        Errno.ENOENT => new(FailureId.ProgramNotFound, $"{path} is there, and what it needs to run is not: the program that its first line names, or its loader.", null, program, failure),
        Errno.E2BIG => new(FailureId.ParameterInvalid, $"The arguments and the environment for {path} are longer than the kernel takes.", null, program, failure),
        _ => new(FailureId.KernelError, $"{path} could not be started.", null, program, failure),
    };

    private static MacvtapException Failed(TapProcess process)
    {
        string[] lines = process.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string said = lines.Length == 0 ? "It wrote nothing to standard error." : $"It said: {string.Join(" / ", lines.TakeLast(ErrorLines))}";
        string how = process.Signaled is { } signal ? $"was ended by signal {signal}" : $"ended at once with exit code {process.ExitCode}";
        return new MacvtapException(
            FailureId.ProgramFailed,
            $"{process.ProgramName} {how}. {said}",
            $"The program's own words say what it does not like. Its arguments were: {string.Join(' ', process.ArgumentList)}",
            process.FilePath);
    }
}
