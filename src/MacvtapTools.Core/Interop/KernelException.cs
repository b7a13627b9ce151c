using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>A system call or a request to the kernel that failed, before anybody has asked why.</summary>
public class KernelException : Exception
{
    /// <summary>Makes the exception for a failed call.</summary>
    /// <param name="errno">The kernel's error number.</param>
    /// <param name="operation">What was asked, as the user would say it: "open /dev/tap7", "RTM_NEWLINK".</param>
    /// <param name="kernelText">The kernel's own words (extended acknowledgement), if it gave any.</param>
    public KernelException(Errno errno, string operation, string? kernelText = null)
        : base(Compose(errno, operation, kernelText))
    {
        Errno = errno;
        Operation = operation;
        KernelText = kernelText;
    }

    /// <summary>The error number.</summary>
    public Errno Errno { get; }

    /// <summary>What was asked of the kernel.</summary>
    public string Operation { get; }

    /// <summary>The kernel's own words, or null: most of its refusals have none.</summary>
    public string? KernelText { get; }

    /// <summary>The exception for the calling thread's last system error (errno as the marshaller saved it).</summary>
    /// <param name="operation">What was asked.</param>
    public static KernelException FromLastError(string operation) => new((Errno)Marshal.GetLastPInvokeError(), operation);

    /// <summary>The same, with what was asked put together after the error number was taken.</summary>
    /// <param name="operation">What was asked.</param>
    internal static KernelException FromLastError(OperationText operation) => new(operation.Errno, operation.Take());

    /// <summary>The C library's text for an error number, for example "Device or resource busy".</summary>
    /// <param name="errno">The error number.</param>
    public static string TextOf(Errno errno) => Marshal.GetPInvokeErrorMessage((int)errno);

    private static string Compose(Errno errno, string operation, string? kernelText) =>
        kernelText is null ? $"{operation}: {TextOf(errno)} ({errno})." : $"{operation}: {TextOf(errno)} ({errno}): {kernelText}.";
}
