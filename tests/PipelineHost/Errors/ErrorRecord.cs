using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>An error as the error stream carries it.</summary>
public class ErrorRecord
{
    private readonly string errorId;

    public ErrorRecord(Exception exception, string errorId, ErrorCategory errorCategory, object? targetObject)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception = exception;
        this.errorId = errorId ?? string.Empty;
        TargetObject = targetObject is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : targetObject;
        CategoryInfo = new ErrorCategoryInfo(this, errorCategory);
    }

    public ErrorRecord(ErrorRecord errorRecord, Exception? replaceParentContainsErrorRecordException)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        Exception = replaceParentContainsErrorRecordException is not null && errorRecord.Exception is ParentContainsErrorRecordException
            ? replaceParentContainsErrorRecordException
            : errorRecord.Exception;
        errorId = errorRecord.errorId;
        TargetObject = errorRecord.TargetObject;
        CategoryInfo = new ErrorCategoryInfo(this, errorRecord.CategoryInfo.Category);
        ErrorDetails = errorRecord.ErrorDetails;
        InvocationInfo = errorRecord.InvocationInfo;
    }

    public ErrorCategoryInfo CategoryInfo { get; }

    public ErrorDetails? ErrorDetails { get; set; }

    public Exception Exception { get; }

    /// <summary>The id given by the thrower, a comma, and the full name of the cmdlet's class.</summary>
    public string FullyQualifiedErrorId
    {
        get
        {
            string? type = (InvocationInfo?.MyCommand as CmdletInfo)?.ImplementingType.FullName;
            return (errorId.Length, type?.Length ?? 0) switch
            {
                (0, 0) => string.Empty,
                (0, _) => type!,
                (_, 0) => errorId,
                _ => errorId + "," + type,
            };
        }
    }

    public InvocationInfo? InvocationInfo { get; private set; }

    public ReadOnlyCollection<int> PipelineIterationInfo => ReadOnlyCollection<int>.Empty;

    public string ScriptStackTrace => string.Empty;

    public object? TargetObject { get; private set; }

    public override string ToString() => ErrorDetails is { Message.Length: > 0 } details ? details.Message : Exception.Message;

    /// <summary>The first invocation to report a record owns it; later ones leave it alone.</summary>
    internal void SetInvocationInfo(InvocationInfo? invocation) => InvocationInfo ??= invocation;

    internal void SetTargetObject(object? target) => TargetObject ??= target;
}
