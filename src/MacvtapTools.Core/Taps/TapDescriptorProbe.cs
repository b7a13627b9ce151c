using System.Runtime.InteropServices;
using System.Text;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// Asks descriptors of other processes what they are attached to, by copies of them: nothing is opened, so no queue is added. A copy that outlives its owner's
/// close for a moment makes this end wait for the grace period instead (8 to 24 milliseconds).
/// </summary>
internal static class TapDescriptorProbe
{
    /// <summary>The device of all classic taps (Documentation/admin-guide/devices.txt): /dev/net/tun.</summary>
    internal static readonly DeviceNumber Classic = new(10, 200);

    /// <summary>Asks the descriptors of one process.</summary>
    /// <param name="proc">An open /proc.</param>
    /// <param name="processId">The process.</param>
    /// <param name="found">Its descriptors of tap devices.</param>
    internal static IEnumerable<TapDescriptor> Ask(SafeFileHandle proc, int processId, IReadOnlyList<TapDescriptor> found)
    {
        using SafeFileHandle? process = Libc.OpenProcess(processId);
        List<(SafeFileHandle Copy, int File)> kept = [];
        try
        {
            List<TapDescriptor> answers = [];
            foreach (TapDescriptor descriptor in found)
            {
                SafeFileHandle? copy = process is null ? null : Libc.CopyDescriptor(process, descriptor.Number);
                if (copy is null)
                {
                    answers.Add(descriptor.Device == Classic ? descriptor with { LinkName = NameInFdinfo(proc, descriptor) } : descriptor);
                    continue;
                }

                int? file = Classify(copy, kept);
                kept.Add((copy, file ?? -1));
                // The number may have been closed and given to another file since it was seen.
                if (Libc.Status(copy, out FileStatus status) && status.IsCharacterDevice && new DeviceNumber(status.NodeMajor, status.NodeMinor) == descriptor.Device)
                    answers.Add(Ask(copy, descriptor) with { File = file });
            }

            return answers;
        }
        finally
        {
            foreach ((SafeFileHandle copy, _) in kept) copy.Dispose();
        }
    }

    private static unsafe TapDescriptor Ask(SafeFileHandle copy, TapDescriptor descriptor)
    {
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        if (Libc.Control(copy, Libc.TUNGETIFF, (nint)request) < 0)
            return Libc.LastError is Errno.ENOLINK or Errno.EBADFD or Errno.ENODEV ? descriptor with { IsAsked = true, IsGone = true } : descriptor;
        int size = 0;
        bool hasSize = Libc.Control(copy, Libc.TUNGETVNETHDRSZ, (nint)(&size)) >= 0;
        int length = bytes[..Libc.InterfaceRequestValue].IndexOf((byte)0);
        return descriptor with
        {
            IsAsked = true,
            LinkName = Encoding.UTF8.GetString(bytes[..(length < 0 ? Libc.InterfaceRequestValue : length)]),
            Flags = MemoryMarshal.Read<ushort>(bytes[Libc.InterfaceRequestValue..]),
            VnetHeaderSize = hasSize ? size : null,
            Namespace = descriptor.Device == Classic ? NamespaceOf(copy) : null,
        };
    }

    private static (ulong FileSystem, ulong Inode)? NamespaceOf(SafeFileHandle copy)
    {
        int number = Libc.Control(copy, Libc.TUNGETDEVNETNS, 0);
        if (number < 0) return null;
        using SafeFileHandle its = new(number, ownsHandle: true);
        return Libc.Status(its, out FileStatus status) ? (status.FileSystem, status.Inode) : null;
    }

    private static int? Classify(SafeFileHandle copy, List<(SafeFileHandle Copy, int File)> kept)
    {
        for (int i = 0; i < kept.Count; i++)
        {
            switch (Libc.IsSameFile(copy, kept[i].Copy))
            {
                case null: return null;
                case true: return kept[i].File;
            }
        }

        return kept.Count;
    }

    /// <summary>drivers/net/tun.c, tun_chr_show_fdinfo: "iff:" and the name, which says nothing of the network namespace.</summary>
    private static string? NameInFdinfo(SafeFileHandle proc, TapDescriptor descriptor)
    {
        using SafeFileHandle? file = Libc.Open(proc, $"{descriptor.ProcessId}/fdinfo/{descriptor.Number}", Libc.O_RDONLY);
        Span<byte> buffer = stackalloc byte[1024];
        int length = file is null ? 0 : Libc.Read(file, buffer);
        if (length <= 0) return null;
        string? line = Encoding.UTF8.GetString(buffer[..length]).Split('\n').FirstOrDefault(l => l.StartsWith("iff:\t", StringComparison.Ordinal));
        return line is { Length: > 5 } ? line[5..] : null;
    }
}
