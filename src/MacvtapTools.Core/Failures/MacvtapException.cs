using MacvtapTools.Interop;

namespace MacvtapTools.Failures;

/// <summary>A failure that is understood: which one of the closed list it is, in words, with the kernel's own text and what would help.</summary>
public class MacvtapException : Exception
{
    private readonly FailureCause? _cause;

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

    /// <summary>Why, out of a closed list. One id has several causes: a lower device is busy as a bridge port, or as the lower device of an ipvlan.</summary>
    public FailureCause Cause
    {
        get => _cause ?? FailureCauses.Of(Id);
        init => _cause = value;
    }

    /// <summary>The facts that the cause was seen by; empty where the request alone shows it, or where nothing could be seen.</summary>
    public IReadOnlyList<FailureEvidence> Evidence { get; init; } = [];

    /// <summary>Whether nothing was tried: it is what the kernel would say (-WhatIf, and where it would do a part before it refuses).</summary>
    public bool IsPredicted => InnerException is PredictedRefusal;

    /// <summary>What would help, or null.</summary>
    public string? Advice { get; }

    /// <summary>The object or name that it went wrong with.</summary>
    public object? Target { get; }

    /// <summary>The kernel's error number; <see cref="Errno.None"/> where the kernel was not asked.</summary>
    public Errno Errno => (InnerException as KernelException)?.Errno ?? Errno.None;

    /// <summary>The kernel's own words, or null where it gave none.</summary>
    public string? KernelText => (InnerException as KernelException)?.KernelText;

    /// <summary>The same failure, in other words: what became of the rest is told with it.</summary>
    internal MacvtapException Restate(string message, object? target = null) => new(Id, message, Advice, target ?? Target, InnerException) { Cause = Cause, Evidence = Evidence };

    /// <summary>The same failure with another advice.</summary>
    internal MacvtapException Advise(string advice) => new(Id, Message, advice, Target, InnerException) { Cause = Cause, Evidence = Evidence };
}
