using MacvtapTools.Failures;
using MacvtapTools.Guests.Relays;
using MacvtapTools.Interop;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>The file of a listening socket: made, taken over where nobody has it, left alone where somebody does.</summary>
public sealed class RelaySocketTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;

    private string Place => Path.Combine(_directory, "relay");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_that_nobody_listens_at_is_taken_over_and_the_guest_s_too()
    {
        Abandon(Place);
        Abandon(Place + RelaySocket.GuestSuffix);
        using (RelaySocket socket = RelaySocket.Open(Place))
        {
            Assert.True(File.Exists(Place));
            Assert.False(File.Exists(Place + RelaySocket.GuestSuffix));
        }

        Assert.False(File.Exists(Place));
    }

    [Fact]
    public void One_that_is_listened_at_stays_and_its_owner_notices_nothing()
    {
        using RelaySocket first = RelaySocket.Open(Place);
        MacvtapException failure = Assert.Throws<MacvtapException>(() => RelaySocket.Open(Place));
        Assert.Equal(FailureId.SocketExists, failure.Id);
        Assert.Null(first.Accept());
        using SafeFileHandle guest = Libc.socket(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0);
        Assert.Equal(0, Libc.ConnectPath(guest, Place));
        using SafeFileHandle? accepted = first.Accept();
        Assert.NotNull(accepted);
    }

    [Fact]
    public void What_is_no_socket_stays()
    {
        File.WriteAllText(Place, "kept");
        Assert.Equal(FailureId.SocketExists, Assert.Throws<MacvtapException>(() => RelaySocket.Open(Place)).Id);
        Assert.Equal("kept", File.ReadAllText(Place));
    }

    [Fact]
    public void A_link_to_a_socket_is_not_followed()
    {
        using RelaySocket other = RelaySocket.Open(Place + "2");
        File.CreateSymbolicLink(Place, Place + "2");
        Assert.Equal(FailureId.SocketExists, Assert.Throws<MacvtapException>(() => RelaySocket.Open(Place)).Id);
    }

    [Fact]
    public void A_file_that_took_its_place_is_not_removed()
    {
        RelaySocket socket = RelaySocket.Open(Place);
        File.Move(Place, Place + "2");
        File.WriteAllText(Place, "kept");
        socket.Dispose();
        Assert.True(File.Exists(Place));
    }

    [Theory]
    [InlineData("missing/relay", FailureId.ParameterInvalid)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", FailureId.ParameterInvalid)]
    public void A_path_that_cannot_be_is_refused(string name, FailureId expected) => Assert.Equal(expected, Assert.Throws<MacvtapException>(() => RelaySocket.Open(Path.Combine(_directory, name))).Id);

    private static void Abandon(string path)
    {
        using SafeFileHandle socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC, 0);
        Assert.Equal(0, Libc.BindPath(socket, path));
    }
}
