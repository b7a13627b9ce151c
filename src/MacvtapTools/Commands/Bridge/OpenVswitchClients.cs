using MacvtapTools.Bridging;

namespace MacvtapTools.Commands;

/// <summary>The Open vSwitch databases that a command was pointed to, each asked once.</summary>
internal sealed class OpenVswitchClients
{
    private readonly Dictionary<string, OpenVswitchClient> _clients = new(StringComparer.Ordinal);

    /// <summary>The client for a database.</summary>
    /// <param name="database">What the user or the object says; null or empty for the usual one.</param>
    /// <param name="stop">Signalled when the user stops the pipeline.</param>
    internal OpenVswitchClient this[string? database, CancellationToken stop]
    {
        get
        {
            string key = database ?? string.Empty;
            if (!_clients.TryGetValue(key, out OpenVswitchClient? client)) _clients[key] = client = new OpenVswitchClient(key, stop);
            return client;
        }
    }
}
