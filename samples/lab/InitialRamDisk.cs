using System;
using System.Collections.Generic;
using System.Text;

namespace MacvtapTools.Samples;

/// <summary>
/// The files that a kernel starts with, as an archive of the format "newc" (Documentation/driver-api/early-userspace/buffer-format.rst of the kernel): for each
/// file a header of 110 characters, its name and its content, each filled up to a multiple of four.
/// </summary>
public sealed class InitialRamDisk
{
    private const int Directory = 0x41ED; // S_IFDIR, rwxr-xr-x
    private const int Program = 0x81ED; // S_IFREG, rwxr-xr-x

    private readonly List<byte> _archive = new List<byte>();
    private readonly HashSet<string> _directories = new HashSet<string>();
    private int _files;

    /// <summary>Adds an empty directory.</summary>
    /// <param name="name">Its path, without a slash in front. Directories above it come first.</param>
    public void AddDirectory(string name)
    {
        if (_directories.Add(name))
            Add(name, Directory, Array.Empty<byte>());
    }

    /// <summary>Adds the directories above a file, those that are not there yet.</summary>
    /// <param name="name">The file's path, without a slash in front.</param>
    public void AddDirectories(string name)
    {
        for (int slash = name.IndexOf('/'); slash > 0; slash = name.IndexOf('/', slash + 1))
            AddDirectory(name.Substring(0, slash));
    }

    /// <summary>Adds a file that can be read and run.</summary>
    /// <param name="name">Its path, without a slash in front.</param>
    /// <param name="content">What is in it.</param>
    public void AddFile(string name, byte[] content) => Add(name, Program, content);

    /// <summary>Ends the archive.</summary>
    /// <returns>The whole of it.</returns>
    public byte[] ToArray()
    {
        Add("TRAILER!!!", 0, Array.Empty<byte>());
        return _archive.ToArray();
    }

    private void Add(string name, int mode, byte[] content)
    {
        const int RootUser = 0, RootGroup = 0, Links = 1, Time = 0, NoDevice = 0, NoChecksum = 0;
        StringBuilder header = new StringBuilder("070701");
        foreach (int field in new List<int>
        {
            ++_files, mode, RootUser, RootGroup, Links, Time, content.Length, NoDevice, NoDevice, NoDevice, NoDevice, name.Length + 1, NoChecksum,
        })
        {
            header.Append(field.ToString("X8", null));
        }

        Write(Encoding.ASCII.GetBytes(header + name + "\0"));
        Write(content);
    }

    private void Write(byte[] part)
    {
        _archive.AddRange(part);
        while (_archive.Count % 4 != 0)
            _archive.Add(0);
    }
}
