using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>The number of a descriptor, kept open while it is used: for calls that take a number and not a handle.</summary>
internal readonly ref struct Borrowed
{
    private readonly SafeHandle _handle;
    private readonly bool _counted;

    /// <summary>Borrows a descriptor.</summary>
    /// <param name="handle">Whose it is.</param>
    /// <exception cref="ObjectDisposedException">It is closed already.</exception>
    internal Borrowed(SafeHandle handle)
    {
        _handle = handle;
        handle.DangerousAddRef(ref _counted);
        Descriptor = (int)handle.DangerousGetHandle();
    }

    /// <summary>The descriptor; valid until <see cref="Dispose"/>.</summary>
    internal int Descriptor { get; }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        if (_counted)
            _handle.DangerousRelease();
    }
}
