using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>Network cards of a running QEMU: adds, removes and lists them.</summary>
/// <param name="connection">The conversation with it.</param>
internal sealed class QemuNetworkClient(QmpConnection connection)
{
    private readonly QemuObjects _objects = new(connection);

    /// <inheritdoc cref="QemuCardAddition.Add"/>
    internal QemuNetworkDevice Add(QemuCard card, IReadOnlyList<SafeFileHandle> queues) => new QemuCardAddition(connection).Add(card, queues);

    /// <inheritdoc cref="QemuCardAddition.Check"/>
    internal void CheckAdd(QemuCard card) => new QemuCardAddition(connection).Check(card);

    /// <inheritdoc cref="QemuObjects.Cards"/>
    internal IEnumerable<QemuNetworkDevice> List() => _objects.Cards();

    /// <summary>Checks that there is a card to remove.</summary>
    /// <exception cref="MacvtapException">QemuDeviceNotFound, QemuTimeout, QemuNotReachable, QemuProtocolError.</exception>
    internal void CheckRemove(string id)
    {
        if (_objects.Property(QemuObjects.PathOf(id), "netdev") is null && !HasLeftBackend(id)) throw NoDevice(id);
    }

    /// <summary>
    /// Removes a card, when the guest has given it back, and then its backend. A card that went after an earlier request, when nobody waited for it any more, has left its
    /// backend behind: that is removed then.
    /// </summary>
    /// <param name="id">The card's id.</param>
    /// <param name="timeout">How long the guest has.</param>
    /// <exception cref="MacvtapException">QemuDeviceNotFound, QemuTimeout (the guest did not give it back, and the card stands), QemuRefused, QemuNotReachable, QemuProtocolError.</exception>
    internal void Remove(string id, TimeSpan timeout)
    {
        if (_objects.Property(QemuObjects.PathOf(id), "netdev") is not { } backend)
        {
            RemoveLeftBackend(id);
            return;
        }

        try
        {
            connection.Execute("device_del", new JsonObject { ["id"] = id });
        }
        catch (QmpRefusal refusal) when (refusal.Kind == QemuObjects.NotFound)
        {
            // Gone since it was asked for a moment ago: its announcement is on the way, or was before us.
        }
        catch (QmpRefusal refusal) when (refusal.Words.Contains("in the process of unplug", StringComparison.Ordinal))
        {
            // The guest was asked before.
        }

        string? end = connection.Await((name, data) => name is "DEVICE_DELETED" or "DEVICE_UNPLUG_GUEST_ERROR" && IsAbout(data, id), timeout);
        if (end is null && _objects.Property(QemuObjects.PathOf(id), "netdev") is not null)
        {
            throw new MacvtapException(
                FailureId.QemuTimeout,
                $"The guest did not give the card '{id}' back in {timeout.TotalSeconds:0.##} seconds. The card and its backend '{backend}' still stand, and the guest has been asked.",
                "A PCI card goes only when the guest's system agrees: one that is not up yet, is stopped, or cannot hot-plug never does, and a reset of the guest ends it. Try again when the guest is up; where the card has gone by then, that removes the backend that it left.",
                id);
        }

        if (end == "DEVICE_UNPLUG_GUEST_ERROR")
            throw new MacvtapException(FailureId.QemuRefused, $"The guest refused to give the card '{id}' back. It and its backend '{backend}' still stand.", "The guest's system uses it; its log says more.", id);
        if (backend.Length == 0)
            return;
        try
        {
            connection.Execute("netdev_del", new JsonObject { ["id"] = backend });
        }
        catch (MacvtapException failure)
        {
            throw new MacvtapException(failure.Id, $"The card '{id}' is gone, and its backend '{backend}' still stands: {failure.Message}", null, id, failure);
        }
    }

    private void RemoveLeftBackend(string id)
    {
        // QEMU would take a backend away from under another card.
        string backend = QemuArguments.BackendId(id);
        if (List().Any(d => d.Backend == backend)) throw NoDevice(id);
        try
        {
            connection.Execute("netdev_del", new JsonObject { ["id"] = backend });
        }
        catch (QmpRefusal refusal) when (refusal.Kind == QemuObjects.NotFound || refusal.Words.Contains("not found", StringComparison.Ordinal))
        {
            throw NoDevice(id);
        }
    }

    /// <summary>Whether there is a backend of this card's name, that no card has. The machine protocol has no list of backends, so the monitor for people is asked: a line for each, its id first.</summary>
    private bool HasLeftBackend(string id)
    {
        string backend = QemuArguments.BackendId(id);
        try
        {
            JsonElement answer = connection.Execute("human-monitor-command", new JsonObject { ["command-line"] = "info network" });
            return (answer.GetString() ?? string.Empty).Split('\n').Any(l => l.StartsWith($"{backend}: ", StringComparison.Ordinal)) && List().All(d => d.Backend != backend);
        }
        catch (QmpRefusal)
        {
            return false;
        }
    }

    private static bool IsAbout(JsonElement data, string id) =>
        QmpConnection.Text(data, "device") == id || (QmpConnection.Text(data, "device").Length == 0 && QmpConnection.Text(data, "path") == QemuObjects.PathOf(id));

    private static MacvtapException NoDevice(string id) => new(
        FailureId.QemuDeviceNotFound,
        $"QEMU has no network card '{id}'.",
        "Get-QemuNetworkDevice lists those that it has.",
        id);
}
