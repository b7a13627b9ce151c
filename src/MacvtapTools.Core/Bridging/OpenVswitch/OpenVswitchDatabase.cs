using System.Net.Sockets;
using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;

namespace MacvtapTools.Bridging;

/// <summary>The socket of an Open vSwitch database. The management sockets of its bridges are beside it.</summary>
internal sealed class OpenVswitchDatabase
{
    private const string SocketName = "db.sock";
    private const string Unix = "unix:";
    private const string TooLong = "has a longer path than the 107 bytes that a socket's can have";
    private static readonly string[] _usual = ["/var/run/openvswitch", "/usr/local/var/run/openvswitch"];

    private OpenVswitchDatabase(string socket) => Socket = socket;

    /// <summary>The path of the socket.</summary>
    internal string Socket { get; }

    /// <summary>The directory of the sockets (OVS_RUNDIR).</summary>
    internal string RunDirectory => Path.GetDirectoryName(Socket)!;

    /// <summary>
    /// The database that the user named, or that OVS_RUNDIR names, or that is where Open vSwitch is usually built to have it. One look at the file system; nothing is
    /// started.
    /// </summary>
    /// <param name="wanted">A path, unix: and a path, or a directory with a db.sock; null or empty for the usual one.</param>
    /// <returns>Null where none was named and there is none.</returns>
    /// <exception cref="MacvtapException">ParameterInvalid: it is not a path of this host, or there is no such socket.</exception>
    internal static OpenVswitchDatabase? Find(string? wanted)
    {
        if (!string.IsNullOrEmpty(wanted)) return Named(wanted);
        IEnumerable<string> directories = Environment.GetEnvironmentVariable("OVS_RUNDIR") is { Length: > 0 } own ? [own] : _usual;
        return directories.Select(d => Path.Combine(d, SocketName)).FirstOrDefault(File.Exists) is { } found ? new OpenVswitchDatabase(found) : null;
    }

    /// <summary>
    /// Tries to connect: a socket file can outlive its server, and may be closed to this user. It does not wait: connecting to a server that is frozen blocks for good once
    /// as many wait there as it lets (listen(2)), and then nobody who comes now is heard either.
    /// </summary>
    /// <returns>Why not, in the system's words; null where somebody answers.</returns>
    internal string? WhyUnreachable()
    {
        if (IsTooLong(Socket)) return TooLong;
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(new UnixDomainSocketEndPoint(Socket));
            return null;
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The path.</summary>
    public override string ToString() => Socket;

    private static bool IsTooLong(string path) => Encoding.UTF8.GetByteCount(path) > Libc.LongestSocketPath;

    private static OpenVswitchDatabase Named(string wanted)
    {
        string path = wanted.StartsWith(Unix, StringComparison.Ordinal) ? wanted[Unix.Length..] : wanted;
        if (!Path.IsPathFullyQualified(path))
            throw Refused(wanted, "is no absolute path", "Give the path of its socket, /run/openvswitch/db.sock for example: the switch is managed through sockets beside it, so it has to be on this host.");
        if (Directory.Exists(path)) path = Path.Combine(path, SocketName);
        if (IsTooLong(Path.GetFullPath(path))) throw Refused(wanted, TooLong, "Give a shorter one: a symbolic link to its directory will do.");
        return File.Exists(path) ? new OpenVswitchDatabase(Path.GetFullPath(path)) : throw Refused(wanted, "is not there", "Is ovsdb-server running, and with that socket (--remote=punix:PATH)?");
    }

    private static MacvtapException Refused(string wanted, string why, string advice) =>
        new(FailureId.ParameterInvalid, $"The Open vSwitch database '{wanted}' {why}.", advice, wanted);
}
