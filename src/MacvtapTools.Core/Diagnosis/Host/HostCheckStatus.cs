namespace MacvtapTools;

/// <summary>What came of a check of the host.</summary>
public enum HostCheckStatus
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>It works, and there is something to know or to change.</summary>
    Warning,

    /// <summary>Something will not work.</summary>
    Failed,

    /// <summary>Nothing here that the check is about.</summary>
    NotApplicable,

    /// <summary>It could not be found out, mostly for want of a right.</summary>
    Unknown,

    /// <summary>A defect of the kernel that the module works around: there is nothing to do but to know it when other programs are used.</summary>
    Handled,
}
