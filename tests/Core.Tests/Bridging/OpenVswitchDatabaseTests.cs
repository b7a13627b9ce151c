using MacvtapTools.Bridging;
using MacvtapTools.Failures;
using Xunit;

namespace MacvtapTools.Core.Tests.Bridging;

public sealed class OpenVswitchDatabaseTests
{
    [Fact]
    public void A_path_that_no_socket_can_have_is_refused_by_name()
    {
        string directory = Directory.CreateTempSubdirectory("mvtt-").FullName;
        try
        {
            string path = Path.Combine(directory, new string('d', 120));
            File.WriteAllText(path, string.Empty);
            MacvtapException failure = Assert.Throws<MacvtapException>(() => OpenVswitchDatabase.Find(path));
            Assert.Equal(FailureId.ParameterInvalid, failure.Id);
            Assert.Contains("107 bytes", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
