using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>
/// One start of a program by posix_spawn(3), prepared: the child gets the descriptors that it is given at 0, 1, 2, … and no others, all signals as after a boot, and a
/// process group of its own, so that Ctrl+C at the terminal is not for it. There is no shell and no fork of this process's memory.
/// </summary>
internal sealed class SpawnRequest : IDisposable
{
    // Larger than posix_spawn_file_actions_t (80 bytes), posix_spawnattr_t (336) and sigset_t (128) of glibc and musl.
    private const int Room = 1024;

    private readonly List<nint> _memory = [];
    private readonly List<SafeFileHandle> _descriptors = [];
    private readonly nint _actions;
    private readonly nint _attributes;
    private bool _hasActions;
    private bool _hasAttributes;

    /// <summary>Prepares a start.</summary>
    /// <param name="descriptors">What the child gets as 0, 1, 2, …; null at 1 or 2: what this process has there.</param>
    /// <param name="workingDirectory">Where it starts, an absolute path.</param>
    /// <exception cref="KernelException">No descriptor or no memory left.</exception>
    internal SpawnRequest(IReadOnlyList<SafeHandle?> descriptors, string workingDirectory)
    {
        _actions = Allocate(Room);
        _attributes = Allocate(Room);
        try
        {
            Require(Libc.SpawnActionsInitialize(_actions));
            _hasActions = true;
            Require(Libc.SpawnAttributesInitialize(_attributes));
            _hasAttributes = true;
            SetAttributes();
            Require(Libc.SpawnActionsChangeDirectory(_actions, workingDirectory));
            for (int target = 0; target < descriptors.Count; target++)
            {
                if (descriptors[target] is not { } source)
                    continue;
                // Above all targets, or the place of one would be taken before it is copied.
                SafeFileHandle copy = Libc.Duplicate(source, descriptors.Count) ?? throw KernelException.FromLastError("duplicate a descriptor");
                _descriptors.Add(copy);
                Require(Libc.SpawnActionsDuplicate(_actions, (int)copy.DangerousGetHandle(), target));
            }

            CloseOthers(descriptors.Count);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Starts the program, from the calling thread: the child is in that thread's network namespace.</summary>
    /// <param name="path">The program, an absolute path.</param>
    /// <param name="arguments">Its arguments, the name of the program first.</param>
    /// <param name="environment">Its environment.</param>
    /// <returns>The child's id. It has to be reaped.</returns>
    /// <exception cref="KernelException">What execve(2) or posix_spawn(3) said.</exception>
    internal unsafe int Start(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        byte** first = Texts(arguments);
        byte** variables = Texts([.. environment.Select(v => $"{v.Key}={v.Value}")]);
        int error = Libc.Spawn(out int processId, path, _actions, _attributes, first, variables);
        return error == 0 ? processId : throw new KernelException((Errno)error, $"start {path}");
    }

    /// <summary>Gives everything back; the child keeps what it has.</summary>
    public void Dispose()
    {
        if (_hasActions)
            _ = Libc.SpawnActionsDestroy(_actions);
        if (_hasAttributes)
            _ = Libc.SpawnAttributesDestroy(_attributes);
        _hasActions = _hasAttributes = false;
        foreach (SafeFileHandle descriptor in _descriptors)
            descriptor.Dispose();
        foreach (nint block in _memory)
            Marshal.FreeCoTaskMem(block);
        _memory.Clear();
    }

    private static void Require(int error)
    {
        if (error != 0)
            throw new KernelException((Errno)error, "prepare a new process");
    }

    private void SetAttributes()
    {
        nint signals = Allocate(Room);
        _ = Libc.NoSignals(signals);
        Require(Libc.SpawnAttributesMask(_attributes, signals));
        _ = Libc.AllSignals(signals);
        Require(Libc.SpawnAttributesDefaults(_attributes, signals));
        Require(Libc.SpawnAttributesGroup(_attributes, 0));
        Require(Libc.SpawnAttributesFlags(_attributes, Libc.POSIX_SPAWN_SETPGROUP | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK));
    }

    // Without the function of glibc, what is open now is closed one by one. What another thread opens without O_CLOEXEC before the start would slip through; .NET opens
    // nothing without it. Closing a descriptor that is gone by then is no failure.
    private void CloseOthers(int lowest)
    {
        try
        {
            Require(Libc.SpawnActionsCloseFrom(_actions, lowest));
        }
        catch (EntryPointNotFoundException)
        {
            foreach (int descriptor in OpenDescriptors().Where(d => d >= lowest))
                Require(Libc.SpawnActionsClose(_actions, descriptor));
        }
    }

    /// <summary>The descriptors that this process has open.</summary>
    internal static IEnumerable<int> OpenDescriptors() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(p => int.Parse(Path.GetFileName(p), CultureInfo.InvariantCulture)).ToArray();

    private unsafe byte** Texts(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)Allocate((texts.Count + 1) * sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            nint text = Marshal.StringToCoTaskMemUTF8(texts[i]);
            _memory.Add(text);
            list[i] = (byte*)text;
        }

        list[texts.Count] = null;
        return list;
    }

    private unsafe nint Allocate(int size)
    {
        nint block = Marshal.AllocCoTaskMem(size);
        new Span<byte>((void*)block, size).Clear();
        _memory.Add(block);
        return block;
    }
}
