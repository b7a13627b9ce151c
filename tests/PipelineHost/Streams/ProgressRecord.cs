namespace System.Management.Automation;

/// <summary>How far a long piece of work is.</summary>
public class ProgressRecord
{
    private int percentComplete = -1;

    public ProgressRecord(int activityId, string activity, string statusDescription)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(activityId);
        ArgumentException.ThrowIfNullOrEmpty(activity);
        ArgumentException.ThrowIfNullOrEmpty(statusDescription);
        ActivityId = activityId;
        Activity = activity;
        StatusDescription = statusDescription;
    }

    public string Activity { get; set; }

    public int ActivityId { get; }

    public string? CurrentOperation { get; set; }

    public int ParentActivityId { get; set; } = -1;

    public int PercentComplete
    {
        get => percentComplete;
        set
        {
            if (value > 100)
                throw new PSArgumentOutOfRangeException(nameof(value), value, "Percentage complete must be between -1 and 100.");

            percentComplete = value;
        }
    }

    public ProgressRecordType RecordType { get; set; }

    public int SecondsRemaining { get; set; } = -1;

    public string StatusDescription { get; set; }

    public override string ToString() =>
        $"parent = {ParentActivityId} id = {ActivityId} act = {Activity} stat = {StatusDescription} cur = {CurrentOperation} pct = {PercentComplete} sec = {SecondsRemaining} type = {RecordType}";
}
