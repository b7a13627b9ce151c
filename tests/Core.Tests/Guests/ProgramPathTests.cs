using MacvtapTools.Failures;
using MacvtapTools.Guests;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

public sealed class ProgramPathTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;

    public ProgramPathTests()
    {
        foreach (string name in (string[])["one", "two", "text"])
        {
            Directory.CreateDirectory(Path.Combine(_directory, name == "two" ? "b" : "a"));
            string path = Path.Combine(_directory, name == "two" ? "b" : "a", name);
            File.WriteAllText(path, "#!/bin/sh\n");
#pragma warning disable CA1416 // The tests run on Linux.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | (name == "text" ? 0 : UnixFileMode.UserExecute));
#pragma warning restore CA1416
        }

        File.CreateSymbolicLink(Path.Combine(_directory, "b", "link"), "../a/one");
        Directory.CreateDirectory(Path.Combine(_directory, "a", "two"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("one", "a/one")]
    [InlineData("two", "b/two")] // a directory of that name comes first, and is no program
    [InlineData("link", "b/link")]
    [InlineData("./a/one", "a/one")]
    [InlineData("b/../a/one", "a/one")]
    public void It_is_found(string program, string expected) =>
        Assert.Equal(Path.Combine(_directory, expected), ProgramPath.Find(program, _directory, $"{_directory}/a:{_directory}/b"));

    [Fact]
    public void A_relative_part_of_PATH_belongs_to_the_directory_that_is_given() =>
        Assert.Equal(Path.Combine(_directory, "b/two"), ProgramPath.Find("two", _directory, "b"));

    [Theory]
    [InlineData("nope", FailureId.ProgramNotFound)]
    [InlineData("./nope", FailureId.ProgramNotFound)]
    [InlineData("text", FailureId.ProgramNotExecutable)]
    [InlineData("./a/text", FailureId.ProgramNotExecutable)]
    [InlineData("./a", FailureId.ProgramNotExecutable)]
    public void It_is_not(string program, FailureId id) =>
        Assert.Equal(id, Assert.Throws<MacvtapException>(() => ProgramPath.Find(program, _directory, $"{_directory}/a:{_directory}/b")).Id);

    [Fact]
    public void Without_PATH_the_usual_places_are_searched() => Assert.EndsWith("/sh", ProgramPath.Find("sh", _directory, null), StringComparison.Ordinal);
}
