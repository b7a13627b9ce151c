using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MacvtapTools.Core.Tests.Guests;

/// <summary>The monitor of a QEMU that does as a script says: what it sends for each command, in which pieces.</summary>
internal sealed class FakeQemu : IDisposable
{
    internal const string Greeting = """{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 9}}, "capabilities": ["oob"]}}""" + "\r\n";

    /// <summary>In an answer: ends the connection.</summary>
    internal const string Close = "\0close";

    private readonly string _directory = Directory.CreateTempSubdirectory("mvtt-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<string, JsonElement, string[]> _answer;
    private readonly List<string> _received = [];
    private readonly Task _serving;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">What is sent for a command and its arguments, each text by itself; ID stands for the command's id.</param>
    /// <param name="greeting">What is sent first.</param>
    internal FakeQemu(Func<string, JsonElement, string[]> answer, params string[] greeting)
    {
        _answer = answer;
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(1);
        _serving = Task.Run(() => Serve(greeting.Length == 0 ? [Greeting] : greeting));
    }

    internal string Path => System.IO.Path.Combine(_directory, "qmp");

    /// <summary>The commands without qmp_capabilities, with their arguments: "netdev_del {...}".</summary>
    internal string[] Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    /// <summary>A command that succeeded.</summary>
    internal static string[] Done(string result = "{}") => [$$"""{"return": {{result}}, "id": ID}""" + "\r\n"];

    /// <summary>A command that was refused.</summary>
    internal static string[] Refused(string words, string kind = "GenericError") =>
        [$$$"""{"error": {"class": "{{{kind}}}", "desc": "{{{words}}}"}, "id": ID}""" + "\r\n"];

    internal static string Event(string name, string data) =>
        $$$"""{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "{{{name}}}", "data": {{{data}}}}""" + "\r\n";

    /// <summary>Waits until a command was received.</summary>
    internal async Task Await(string command)
    {
        for (long end = Environment.TickCount64 + 10_000; !Received.Any(r => r.StartsWith(command, StringComparison.Ordinal)); await Task.Delay(5))
        {
            if (Environment.TickCount64 > end)
                throw new TimeoutException($"{command} did not come: {string.Join(", ", Received)}");
        }
    }

    /// <summary>Waits until the other side has closed the connection: everything that it sent was received.</summary>
    internal Task AwaitEnd() => _serving.WaitAsync(TimeSpan.FromSeconds(10));

    public void Dispose()
    {
        _listener.Dispose();
        _serving.Wait(TimeSpan.FromSeconds(10));
        Directory.Delete(_directory, recursive: true);
    }

    private void Serve(string[] greeting)
    {
        try
        {
            using Socket client = _listener.Accept();
            Send(client, greeting);
            using NetworkStream stream = new(client);
            using StreamReader reader = new(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                using JsonDocument request = JsonDocument.Parse(line);
                string command = request.RootElement.GetProperty("execute").GetString()!;
                JsonElement arguments = request.RootElement.TryGetProperty("arguments", out JsonElement found) ? found : default;
                string[] answer = command == "qmp_capabilities" ? Done() : _answer(command, arguments);
                if (command != "qmp_capabilities")
                {
                    lock (_received)
                        _received.Add($"{command} {(arguments.ValueKind == JsonValueKind.Object ? arguments.GetRawText() : "")}".TrimEnd());
                }

                string id = request.RootElement.GetProperty("id").GetRawText();
                if (!Send(client, [.. answer.Select(a => a.Replace("ID", id, StringComparison.Ordinal))]))
                    return;
            }
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException)
        {
            // The other side, or the test, has ended it.
        }
    }

    private static bool Send(Socket client, string[] texts)
    {
        foreach (string text in texts)
        {
            if (text == Close)
                return false;
            try
            {
                client.Send(Encoding.UTF8.GetBytes(text));
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset or SocketError.NotConnected)
            {
                // Nobody waits for the answer; what was sent before is still to be read, as QEMU does.
            }
        }

        return true;
    }
}
