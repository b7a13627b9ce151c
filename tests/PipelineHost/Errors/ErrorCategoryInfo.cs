using System.Globalization;

namespace System.Management.Automation;

/// <summary>Category, activity, reason and target of an error.</summary>
public class ErrorCategoryInfo
{
    private readonly ErrorRecord record;
    private string? activity;
    private string? reason;
    private string? targetName;
    private string? targetType;

    internal ErrorCategoryInfo(ErrorRecord record, ErrorCategory category)
    {
        this.record = record;
        Category = category;
    }

    public string Activity
    {
        get => activity ?? record.InvocationInfo?.MyCommand?.Name ?? string.Empty;
        set => activity = value;
    }

    public ErrorCategory Category { get; internal set; }

    public string Reason
    {
        get => reason ?? record.Exception.GetType().Name;
        set => reason = value;
    }

    public string TargetName
    {
        get => targetName ?? record.TargetObject?.ToString() ?? string.Empty;
        set => targetName = value;
    }

    public string TargetType
    {
        get => targetType ?? record.TargetObject?.GetType().Name ?? string.Empty;
        set => targetType = value;
    }

    public string GetMessage() => GetMessage(CultureInfo.CurrentUICulture);

    public string GetMessage(CultureInfo uiCultureInfo) => $"{Category}: ({TargetName}:{TargetType}) [{Activity}], {Reason}";

    public override string ToString() => GetMessage();
}
