namespace System.Management.Automation;

/// <summary>Stands in an error record for the exception that holds the record, so that the two do not contain each other.</summary>
public class ParentContainsErrorRecordException : SystemException
{
    public ParentContainsErrorRecordException(Exception wrapperException)
        : base(wrapperException?.Message)
    {
    }

    public ParentContainsErrorRecordException(string message)
        : base(message)
    {
    }

    public ParentContainsErrorRecordException()
    {
    }

    public ParentContainsErrorRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
