using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Interop;

/// <summary>Descriptors of other processes: pidfd_open(2), pidfd_getfd(2), kcmp(2), fcntl(2).</summary>
internal static partial class Libc
{
    private const int F_DUPFD_QUERY = 1027; // Linux 6.10
    private const int KCMP_FILE = 0;

    /// <summary>A descriptor of a process (Linux 5.3). Null on failure.</summary>
    internal static SafeFileHandle? OpenProcess(int processId) => Handle((int)SystemCall.Invoke(SystemCall.PidfdOpen, processId, 0, 0, 0, 0));

    /// <summary>
    /// A copy of a process's descriptor (Linux 5.6), close-on-exec: it opens nothing anew. Null on failure: EPERM where ptrace(2) would not be allowed (another
    /// user's process needs CAP_SYS_PTRACE; Yama can forbid it to everybody), EBADF where it is closed by now.
    /// </summary>
    internal static SafeFileHandle? CopyDescriptor(SafeFileHandle process, int descriptor)
    {
        using Borrowed held = new(process);
        return Handle((int)SystemCall.Invoke(SystemCall.PidfdGetfd, held.Descriptor, descriptor, 0, 0, 0));
    }

    /// <summary>Whether two descriptors of this process are copies of one open file. Null where the kernel does not say (before 6.10 without CONFIG_KCMP).</summary>
    internal static bool? IsSameFile(SafeFileHandle first, SafeFileHandle second)
    {
        using Borrowed one = new(first);
        using Borrowed other = new(second);
        int answer = FileControl(one.Descriptor, F_DUPFD_QUERY, other.Descriptor);
        if (answer >= 0) return answer == 1;
        nint order = SystemCall.Invoke(SystemCall.Kcmp, Environment.ProcessId, Environment.ProcessId, KCMP_FILE, one.Descriptor, other.Descriptor);
        return order < 0 ? null : order == 0;
    }

    private static SafeFileHandle? Handle(int descriptor) => descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
}
