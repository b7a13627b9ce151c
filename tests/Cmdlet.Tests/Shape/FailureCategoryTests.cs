using System.Management.Automation;
using System.Reflection;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Every failure of the closed list has a category that means something.</summary>
public sealed class FailureCategoryTests
{
    private static readonly MethodInfo _of = ShippedModule.Assembly.GetType("MacvtapTools.Errors.FailureCategories", throwOnError: true)!.GetMethod("Of", BindingFlags.NonPublic | BindingFlags.Static)!;

    public static TheoryData<FailureId> Ids => [.. Enum.GetValues<FailureId>()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_category(FailureId id)
    {
        var category = (ErrorCategory)_of.Invoke(null, [id])!;
        Assert.Equal(id == FailureId.KernelError, category == ErrorCategory.NotSpecified);
    }
}
