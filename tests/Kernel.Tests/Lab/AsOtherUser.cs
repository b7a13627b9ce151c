using System.Runtime.ExceptionServices;
using Xunit;

namespace MacvtapTools.Kernel.Tests;

/// <summary>
/// Runs something on a thread of its own that is another user to the file system. With the file user id the thread loses its capabilities over files
/// (credentials(7), capabilities(7)); it does not lose CAP_SYS_PTRACE.
/// </summary>
internal static class AsOtherUser
{
    internal static T Run<T>(Func<T> body, uint user)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                _ = LabNative.SetFileUser(user);
                Assert.Equal((int)user, LabNative.SetFileUser(user)); // it returns the former one, and no error
                result = body();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
