using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>No cause is told that no test has brought about: each has a row, or a test that is named here.</summary>
public sealed class CauseCoverageTests
{
    /// <summary>Causes that no plain request of a cmdlet brings about, and the class of tests that does.</summary>
    private static readonly Dictionary<FailureCause, string> Elsewhere = new()
    {
        [FailureCause.Unexplained] = "UnseenHereTests",
        [FailureCause.NoAnswer] = "UnseenHereTests",
        [FailureCause.CapabilityMissing] = "WithoutRightsTests",
        [FailureCause.CapabilityMissingInEither] = "WithoutRightsTests",
        [FailureCause.TunDeviceNotAllowed] = "UnseenHereTests",
        [FailureCause.AccountNotMapped] = "UserNamespaceTests",
        [FailureCause.SettingsReadOnly] = "ReadOnlySettingsTests",
        [FailureCause.KindMissing] = "UnseenHereTests",
        [FailureCause.TunDriverMissing] = "UnseenHereTests",
        [FailureCause.IPv6Missing] = "UnseenHereTests",
        [FailureCause.MemoryExhausted] = "LostAnswerTests",
        [FailureCause.LowerDeviceHasMaster] = "UnseenHereTests",
        [FailureCause.LowerDeviceTakenOver] = "UnseenHereTests",
        [FailureCause.LowerDeviceDown] = "UnseenHereTests",
        [FailureCause.PassthruUnseen] = "CauseTests",
        [FailureCause.Wireless] = "UnseenHereTests",
        [FailureCause.ModeInvalid] = "ParameterErrorTests",
        [FailureCause.ModeFlagInvalid] = "ParameterErrorTests",
        [FailureCause.AddressGenerationInvalid] = "ParameterErrorTests",
        [FailureCause.MacAddressOfUnseenLink] = "CauseTests",
        [FailureCause.MacAddressFixedWhileUp] = "UnseenHereTests",
        [FailureCause.PortTakenOver] = "CauseTests",
        [FailureCause.PortNotAllowed] = "UnseenHereTests",
        [FailureCause.LinkIsUp] = "UnseenHereTests",
    };

    public static TheoryData<FailureCause> Causes => [.. Enum.GetValues<FailureCause>()];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Is_brought_about_by_a_test(FailureCause cause)
    {
        bool hasRow = CauseCases.All.Any(r => r.Data.Item3 == cause);
        Assert.True(hasRow != Elsewhere.ContainsKey(cause), hasRow ? $"{cause} has a row, and need not be in the list." : $"Nothing brings {cause} about.");
        if (hasRow) return;
        string file = Assert.Single(Directory.EnumerateFiles(Repository.Path("tests"), $"{Elsewhere[cause]}.cs", SearchOption.AllDirectories));
        Assert.Contains($"{nameof(FailureCause)}.{cause}", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
