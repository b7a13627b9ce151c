using MacvtapTools.Interop;
using MacvtapTools.Namespaces;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Taps;

/// <summary>
/// Tells whether one certain link lives and is switched on, in about a microsecond and without memory: two open attributes of the link in sysfs. They stay those of the
/// link when it gets another name or moves to another namespace, and fail with ENODEV when it is gone. Asking the descriptor
/// (TUNGETIFF) would take the kernel's one lock for all network configuration, and not tell whether the link is switched on. Safe for use by several threads.
/// </summary>
internal sealed class LinkPulse : IDisposable
{
    private const int SwitchedOn = 0x1; // IFF_UP
    private const int LongestValue = 32;

    private readonly SafeFileHandle _flags;
    private readonly SafeFileHandle _operation;

    private LinkPulse(SafeFileHandle flags, SafeFileHandle operation)
    {
        _flags = flags;
        _operation = operation;
    }

    /// <summary>The pulse of a link; null when there is no link of that name and index.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="interfaceIndex">Its index.</param>
    /// <param name="sysfs">The sysfs of its namespace; not needed afterwards.</param>
    /// <exception cref="KernelException">EMFILE and the like.</exception>
    internal static LinkPulse? Open(string name, int interfaceIndex, NamespaceSysfs sysfs)
    {
        using SafeFileHandle? link = sysfs.OpenDirectory($"class/net/{name}");
        if (link is null) return Libc.LastError == Errno.ENOENT ? null : throw KernelException.FromLastError($"open /sys/class/net/{name}");
        SafeFileHandle? flags = null;
        try
        {
            using SafeFileHandle index = Attribute("ifindex");
            Span<byte> text = stackalloc byte[LongestValue];
            if (Read(index, text) is not { } length || !int.TryParse(text[..length].TrimEnd((byte)'\n'), out int found) || found != interfaceIndex) return null;
            flags = Attribute("flags");
            return new LinkPulse(flags, Attribute("operstate"));
        }
        catch (KernelException failure)
        {
            flags?.Dispose();
            if (failure.Errno is Errno.ENOENT or Errno.ENODEV) return null;
            throw;
        }

        SafeFileHandle Attribute(string attribute) => Libc.Open(link, attribute, Libc.O_RDONLY) ?? throw KernelException.FromLastError($"open /sys/class/net/{name}/{attribute}");
    }

    /// <summary>Whether the link lives and is switched on: Open, LinkDown or Gone; Closed after the end. A link without a carrier counts as open.</summary>
    internal TapEndpointState Feel()
    {
        Span<byte> text = stackalloc byte[LongestValue];
        try
        {
            if (Read(_flags, text) is not { } length) return TapEndpointState.Gone;
            ReadOnlySpan<byte> digits = text[..length].TrimEnd((byte)'\n');
            // Written as 0x1003.
            bool isOff = digits.Length > 2 && int.TryParse(digits[2..], System.Globalization.NumberStyles.AllowHexSpecifier, null, out int flags) && (flags & SwitchedOn) == 0;
            return isOff ? TapEndpointState.LinkDown : TapEndpointState.Open;
        }
        catch (ObjectDisposedException)
        {
            return TapEndpointState.Closed;
        }
    }

    /// <summary>The same, where a link without a carrier counts as down.</summary>
    internal TapEndpointState Examine()
    {
        TapEndpointState state = Feel();
        if (state != TapEndpointState.Open) return state;
        Span<byte> text = stackalloc byte[LongestValue];
        try
        {
            if (Read(_operation, text) is not { } length) return TapEndpointState.Gone;
            // Classic links tell "unknown" until their first carrier change.
            ReadOnlySpan<byte> operation = text[..length].TrimEnd((byte)'\n');
            return operation.SequenceEqual("up"u8) || operation.SequenceEqual("unknown"u8) ? TapEndpointState.Open : TapEndpointState.LinkDown;
        }
        catch (ObjectDisposedException)
        {
            return TapEndpointState.Closed;
        }
    }

    /// <summary>Closes the attributes.</summary>
    public void Dispose()
    {
        _flags.Dispose();
        _operation.Dispose();
    }

    /// <summary>Reads an attribute from its beginning; null when its link is gone.</summary>
    private static int? Read(SafeFileHandle file, Span<byte> text) => Libc.ReadFromStart(file, text) is var length and >= 0 ? length : null;
}
