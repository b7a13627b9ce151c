using System.Runtime.InteropServices;
using MacvtapTools.Interop;
using Xunit;

namespace MacvtapTools.Core.Tests.Interop;

/// <summary>The error number of a call that failed.</summary>
public sealed class KernelExceptionTests
{
    [Fact]
    public void The_error_number_is_that_of_the_call_whatever_its_words_take()
    {
        Marshal.SetLastPInvokeError((int)Errno.EACCES);

        KernelException failure = KernelException.FromLastError($"mknod {new Meddler()} c {246}:{1}");

        Assert.Equal(Errno.EACCES, failure.Errno);
        Assert.StartsWith("mknod node c 246:1: Permission denied", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Sets another error number when it is put into words, as formatting does by itself the first time.</summary>
    private sealed class Meddler
    {
        public override string ToString()
        {
            Marshal.SetLastPInvokeError((int)Errno.EUSERS);
            return "node";
        }
    }
}
