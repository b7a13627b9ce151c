using System.ComponentModel;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Tour.Frames.Ports;

/// <summary>Runs native calls in a network namespace, on a thread that ends with them: no other thread ever leaves its namespace.</summary>
internal static class NamespaceThread
{
    internal static T Run<T>(string? networkNamespace, Func<T> nativeOnly)
    {
        if (string.IsNullOrEmpty(networkNamespace))
            return nativeOnly();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter(networkNamespace);
                result = nativeOnly();
            }
            catch (Win32Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static void Enter(string networkNamespace)
    {
        using SafeFileHandle file = Native.Open(PathOf(networkNamespace), Native.O_CLOEXEC);
        if (file.IsInvalid || Native.SetNamespace(file, Native.CLONE_NEWNET) < 0)
            throw new Win32Exception();
    }

    private static string PathOf(string networkNamespace) => networkNamespace.Contains('/', StringComparison.Ordinal)
        ? networkNamespace
        : new[] { $"/run/netns/{networkNamespace}", $"/var/run/netns/{networkNamespace}" }.FirstOrDefault(File.Exists) ?? $"/proc/{networkNamespace}/ns/net";
}
