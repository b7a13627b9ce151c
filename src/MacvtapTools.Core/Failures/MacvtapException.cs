using MacvtapTools.Interop;

namespace MacvtapTools.Failures;

/// <summary>A failure that is understood: which one of the closed list it is, in words, with the kernel's own text and what would help.</summary>
public class MacvtapException : Exception
{
    /// <summary>Makes the failure.</summary>
    /// <param name="id">Which one it is.</param>
    /// <param name="message">What went wrong, one sentence that names the link.</param>
    /// <param name="advice">What the user can do about it, or null.</param>
    /// <param name="target">The object or name that it went wrong with.</param>
    /// <param name="inner">What the kernel said: usually a <see cref="KernelException"/>.</param>
    public MacvtapException(FailureId id, string message, string? advice = null, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Advice = advice;
        Target = target;
    }

    /// <summary>Which failure of the closed list.</summary>
    public FailureId Id { get; }

    /// <summary>What would help, or null.</summary>
    public string? Advice { get; }

    /// <summary>The object or name that it went wrong with.</summary>
    public object? Target { get; }

    /// <summary>The kernel's error number; <see cref="Errno.None"/> where the kernel was not asked.</summary>
    public Errno Errno => (InnerException as KernelException)?.Errno ?? Errno.None;

    /// <summary>The kernel's own words, or null where it gave none.</summary>
    public string? KernelText => (InnerException as KernelException)?.KernelText;
}
