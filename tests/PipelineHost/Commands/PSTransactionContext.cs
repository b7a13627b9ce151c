namespace System.Management.Automation;

/// <summary>There are no transactions here; the type is in the runtime's interface.</summary>
public sealed class PSTransactionContext : IDisposable
{
    internal PSTransactionContext()
    {
    }

    public void Dispose()
    {
    }
}
