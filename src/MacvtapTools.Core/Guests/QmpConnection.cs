using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>
/// A conversation with a running QEMU in its machine protocol (docs/interop/qmp-spec.txt). One command at a time; what QEMU announces in between is kept until it is
/// asked for.
/// </summary>
internal sealed class QmpConnection : IDisposable
{
    private const int LongestMessage = 16 * 1024 * 1024;

    private readonly QmpSocket _socket;
    private readonly TimeSpan _patience;
    private readonly List<JsonElement> _events = [];
    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;
    private long _lastId;

    private QmpConnection(QmpSocket socket, TimeSpan patience)
    {
        _socket = socket;
        _patience = patience;
    }

    /// <summary>The socket's path.</summary>
    internal string Path => _socket.Path;

    private long Deadline => Environment.TickCount64 + (long)Math.Min(_patience.TotalMilliseconds, int.MaxValue);

    /// <summary>Connects, and makes QEMU ready for commands.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="patience">How long QEMU has for each answer.</param>
    /// <param name="cancellation">Ends every wait.</param>
    /// <exception cref="MacvtapException">QemuNotReachable, QemuTimeout, QemuProtocolError, AccessDenied.</exception>
    internal static QmpConnection Open(string path, TimeSpan patience, CancellationToken cancellation)
    {
        long deadline = Environment.TickCount64 + (long)Math.Min(patience.TotalMilliseconds, int.MaxValue);
        QmpConnection connection = new(QmpSocket.Connect(path, deadline, cancellation), patience);
        try
        {
            JsonElement greeting = connection.Next(deadline);
            if (!greeting.TryGetProperty("QMP", out _))
                throw connection.Strange($"it began with {Shorten(greeting.GetRawText())}");
            connection.Execute("qmp_capabilities");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Has a command done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="file">An open file that QEMU gets with it.</param>
    /// <returns>What the command returned.</returns>
    /// <exception cref="QmpRefusal">QEMU refused.</exception>
    /// <exception cref="MacvtapException">QemuNotReachable, QemuTimeout, QemuProtocolError.</exception>
    internal JsonElement Execute(string command, JsonObject? arguments = null, SafeFileHandle? file = null)
    {
        long deadline = Deadline;
        long id = Send(command, arguments, file, deadline);
        while (true)
        {
            JsonElement message = Next(deadline);
            if (message.TryGetProperty("event", out _))
            {
                _events.Add(message);
                continue;
            }

            // QEMU cannot tell the id of a message that it could not read. An older id is the answer to a command that nobody waits for any more.
            if (message.TryGetProperty("id", out JsonElement number) && !(number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long answered) && answered == id))
                continue;
            if (message.TryGetProperty("return", out JsonElement result))
                return result;
            if (message.TryGetProperty("error", out JsonElement error))
                throw new QmpRefusal(command, Text(error, "class"), Text(error, "desc"), Path);
            throw Strange($"it answered {Shorten(message.GetRawText())} to {command}");
        }
    }

    /// <summary>Sends a command and does not wait for the answer: for what has to be taken back while a stop is waiting.</summary>
    internal void Post(string command, JsonObject arguments) => Send(command, arguments, null, Environment.TickCount64);

    /// <summary>Waits for an announcement, also one that came before.</summary>
    /// <param name="wanted">Which one, by its name and its data.</param>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Its name and data; null when it did not come in time.</returns>
    internal string? Await(Func<string, JsonElement, bool> wanted, TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (long)Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        for (int i = 0; ; i++)
        {
            if (i == _events.Count)
            {
                try
                {
                    JsonElement message = Next(deadline);
                    if (!message.TryGetProperty("event", out _))
                    {
                        i--;
                        continue;
                    }

                    _events.Add(message);
                }
                catch (MacvtapException failure) when (failure.Id == FailureId.QemuTimeout)
                {
                    return null;
                }
            }

            string name = Text(_events[i], "event");
            JsonElement data = _events[i].TryGetProperty("data", out JsonElement found) ? found : default;
            if (wanted(name, data))
                return name;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>A member that is a text; empty where it is not there.</summary>
    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private long Send(string command, JsonObject? arguments, SafeFileHandle? file, long deadline)
    {
        JsonObject request = new() { ["execute"] = command, ["id"] = ++_lastId };
        if (arguments is not null)
            request["arguments"] = arguments.DeepClone();
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(request), (byte)'\r', (byte)'\n'];
        _socket.Send(bytes, file, deadline);
        return _lastId;
    }

    // A message ends where its JSON ends: QEMU ends each with a line, and pretty=on makes many lines of one.
    private JsonElement Next(long deadline)
    {
        while (true)
        {
            if (_filled > 0 && TryTake() is { } message)
                return message;
            if (_filled == _buffer.Length)
            {
                if (_filled >= LongestMessage)
                    throw Strange("a message has no end");
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            _filled += _socket.Receive(_buffer.AsSpan(_filled), deadline);
        }
    }

    private JsonElement? TryTake()
    {
        int blank = 0;
        while (blank < _filled && _buffer[blank] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            blank++;
        if (blank == _filled)
        {
            _filled = 0;
            return null;
        }

        try
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(blank, _filled - blank), isFinalBlock: false, default);
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
                return null;
            using (document)
            {
                int used = blank + (int)reader.BytesConsumed;
                Buffer.BlockCopy(_buffer, used, _buffer, 0, _filled - used);
                _filled -= used;
                return document.RootElement.ValueKind == JsonValueKind.Object
                    ? document.RootElement.Clone()
                    : throw Strange($"it said {Shorten(document.RootElement.GetRawText())}");
            }
        }
        catch (JsonException failure)
        {
            throw Strange($"what it said is no JSON ({failure.Message})");
        }
    }

    private MacvtapException Strange(string what) => new(
        FailureId.QemuProtocolError,
        $"What is behind the socket {Path} does not speak QEMU's machine protocol: {what}.",
        "A monitor for people (-monitor) or a serial port has such a socket too; take the one of -qmp.",
        Path);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
