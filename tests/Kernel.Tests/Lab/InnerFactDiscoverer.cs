using Xunit.Sdk;
using Xunit.v3;

namespace MacvtapTools.Kernel.Tests;

/// <summary>Finds inner tests only in the process that <see cref="Inner"/> starts.</summary>
public sealed class InnerFactDiscoverer : FactDiscoverer
{
    /// <summary>Set in the environment of that process.</summary>
    internal const string Switch = "MACVTAPTOOLS_INNER_TEST";

    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        IXunitTestMethod testMethod,
        IFactAttribute factAttribute) =>
        Environment.GetEnvironmentVariable(Switch) is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
}
