using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>
/// System calls that some supported C libraries have no function for (musl before 1.2.5 has no statx, glibc before 2.36 no fsopen), called by number.
/// The numbers from 403 on are the same on every architecture; older ones are not (see arch/*/entry/syscalls/syscall*.tbl, scripts/syscall.tbl).
/// </summary>
internal static partial class SystemCall
{
    internal const int Fsopen = 430;
    internal const int Fsconfig = 431;
    internal const int Fsmount = 432;
    internal const int PidfdOpen = 434;
    internal const int PidfdGetfd = 438;
    internal const int Faccessat2 = 439;

    internal static readonly int Statx = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 332,
        Architecture.X86 or Architecture.Ppc64le => 383,
        Architecture.Arm or Architecture.Armv6 => 397,
        Architecture.S390x => 379,
        _ => 291, // the generic table: arm64, loongarch64, riscv64
    };

    internal static readonly int Getdents64 = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 or Architecture.Arm or Architecture.Armv6 => 217,
        Architecture.X86 or Architecture.S390x => 220,
        Architecture.Ppc64le => 202,
        _ => 61,
    };

    internal static readonly int Kcmp = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 312,
        Architecture.X86 => 349,
        Architecture.Arm or Architecture.Armv6 => 378,
        Architecture.Ppc64le => 354,
        Architecture.S390x => 343,
        _ => 272,
    };

    /// <summary>syscall(2). C declares it variadic; every Linux ABI of .NET passes integer arguments of such a function as those of any other.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint Invoke(nint number, nint argument1, nint argument2, nint argument3, nint argument4, nint argument5);
}
