namespace MacvtapTools.Interop;

/// <summary>What the kernel would answer to a request that was not made.</summary>
public sealed class PredictedRefusal : KernelException
{
    internal PredictedRefusal(Errno errno, string operation, string? kernelText = null)
        : base(errno, operation, kernelText)
    {
    }
}
