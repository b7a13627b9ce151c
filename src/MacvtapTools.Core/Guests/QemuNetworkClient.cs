using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>Network cards of a running QEMU: adds, removes and lists them.</summary>
/// <param name="connection">The conversation with it.</param>
internal sealed class QemuNetworkClient(QmpConnection connection)
{
    private const string NotFound = "DeviceNotFound";
    private const string Named = "/machine/peripheral";
    private const string Nameless = "/machine/peripheral-anon";

    /// <summary>
    /// Adds a card with its backend. When QEMU refuses one of the steps, what was done before is taken back, and the failure says what could not be.
    /// </summary>
    /// <param name="card">The card.</param>
    /// <param name="queues">The open queues; QEMU gets descriptors of its own.</param>
    /// <exception cref="MacvtapException">QemuDeviceExists, QemuRefused, QemuTimeout, QemuNotReachable, QemuProtocolError, ParameterInvalid.</exception>
    internal QemuNetworkDevice Add(QemuCard card, IReadOnlyList<SafeFileHandle> queues)
    {
        QemuArguments.Check(card);
        string backend = QemuArguments.BackendId(card.Id);
        Stack<Undo> undo = new();
        try
        {
            // QEMU keeps a name that it was given until it is used or closed: one of an attempt that ended badly must not stand in the way of the next.
            string attempt = $"{backend}-{Guid.NewGuid():N}";
            List<string> names = [];
            foreach (SafeFileHandle queue in queues)
            {
                string name = $"{attempt}-{names.Count}";
                names.Add(name);
                Do("getfd", new JsonObject { ["fdname"] = name }, queue, new Undo("closefd", new JsonObject { ["fdname"] = name }, $"the descriptor '{name}'"));
            }

            JsonObject tap = new() { ["type"] = "tap", ["id"] = backend, [names.Count == 1 ? "fd" : "fds"] = string.Join(':', names) };
            if (card.Vhost)
                tap["vhost"] = true;
            Undo noBackend = new("netdev_del", new JsonObject { ["id"] = backend }, $"the backend '{backend}'");
            Do("netdev_add", tap, null, noBackend);
            // The backend has the descriptors now, and their names are gone.
            undo.Clear();
            undo.Push(noBackend);
            JsonObject device = new() { ["driver"] = card.Model };
            foreach (KeyValuePair<string, object> option in QemuArguments.Device(card))
                device[option.Key] = JsonValue.Create(JsonSerializer.SerializeToElement(option.Value));
            Do("device_add", device, null, new Undo("device_del", new JsonObject { ["id"] = card.Id }, $"the card '{card.Id}'"));
            return new QemuNetworkDevice(connection.Path, card.Id, card.Model, card.MacAddress, backend, $"{Named}/{card.Id}");
        }
        catch (OperationCanceledException)
        {
            PostAll(undo);
            throw;
        }
        catch (MacvtapException failure) when (failure.Id == FailureId.QemuTimeout)
        {
            PostAll(undo);
            string orders = undo.Count == 0 ? string.Empty : $" It was told to take back what it may have done by the time that it goes on: {string.Join(", ", undo.Select(u => u.What))}.";
            throw Failed(failure, card, orders);
        }
        catch (MacvtapException failure)
        {
            List<string> standing = TakeBack(undo);
            throw Failed(failure, card, failure.Id == FailureId.QemuNotReachable || standing.Count == 0 ? string.Empty : $" Still there, because it could not be taken back: {string.Join(", ", standing)}.");
        }

        // What takes a step back is noted before the step: one that gets no answer may be done all the same. One that is refused is not.
        void Do(string command, JsonObject arguments, SafeFileHandle? file, Undo takesBack)
        {
            undo.Push(takesBack);
            try
            {
                connection.Execute(command, arguments, file);
            }
            catch (QmpRefusal)
            {
                undo.Pop();
                throw;
            }
        }
    }

    /// <summary>Checks that a card could be added, by questions: its id must be free, and QEMU must know the model.</summary>
    /// <exception cref="MacvtapException">QemuDeviceExists, QemuRefused, QemuTimeout, QemuNotReachable, QemuProtocolError, ParameterInvalid.</exception>
    internal void CheckAdd(QemuCard card)
    {
        QemuArguments.Check(card);
        if (Property($"{Named}/{card.Id}", "type") is not null)
            throw Failed(Refusal($"Duplicate device ID '{card.Id}'"), card, string.Empty);
        try
        {
            connection.Execute("device-list-properties", new JsonObject { ["typename"] = card.Model });
        }
        catch (QmpRefusal refusal) when (refusal.Kind == NotFound)
        {
            throw Failed(Refusal($"'{card.Model}' is not a valid device model name"), card, string.Empty);
        }
    }

    /// <summary>What QEMU would say to device_add, in its words.</summary>
    private QmpRefusal Refusal(string words) => new("device_add", "GenericError", words, connection.Path);

    /// <summary>Checks that there is a card to remove.</summary>
    /// <exception cref="MacvtapException">QemuDeviceNotFound, QemuTimeout, QemuNotReachable, QemuProtocolError.</exception>
    internal void CheckRemove(string id)
    {
        if (Property($"{Named}/{id}", "netdev") is null && !HasLeftBackend(id)) throw NoDevice(id);
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
        if (Property($"{Named}/{id}", "netdev") is not { } backend)
        {
            RemoveLeftBackend(id);
            return;
        }

        try
        {
            connection.Execute("device_del", new JsonObject { ["id"] = id });
        }
        catch (QmpRefusal refusal) when (refusal.Kind == NotFound)
        {
            // Gone since it was asked for a moment ago: its announcement is on the way, or was before us.
        }
        catch (QmpRefusal refusal) when (refusal.Words.Contains("in the process of unplug", StringComparison.Ordinal))
        {
            // The guest was asked before.
        }

        string? end = connection.Await((name, data) => name is "DEVICE_DELETED" or "DEVICE_UNPLUG_GUEST_ERROR" && IsAbout(data, id), timeout);
        if (end is null && Property($"{Named}/{id}", "netdev") is not null)
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

    /// <summary>All network cards, those with an id first.</summary>
    /// <exception cref="MacvtapException">QemuRefused, QemuTimeout, QemuNotReachable, QemuProtocolError.</exception>
    internal IEnumerable<QemuNetworkDevice> List()
    {
        foreach (string place in (string[])[Named, Nameless])
        {
            foreach (JsonElement child in Children(place))
            {
                const string Prefix = "child<";
                string name = QmpConnection.Text(child, "name");
                string type = QmpConnection.Text(child, "type");
                string path = $"{place}/{name}";
                if (!type.StartsWith(Prefix, StringComparison.Ordinal) || Property(path, "netdev") is not { } backend)
                    continue;
                yield return new QemuNetworkDevice(
                    connection.Path,
                    place == Named ? name : null,
                    type[Prefix.Length..].TrimEnd('>'),
                    Property(path, "mac"),
                    backend.Length == 0 ? null : backend,
                    path);
            }
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
        catch (QmpRefusal refusal) when (refusal.Kind == NotFound || refusal.Words.Contains("not found", StringComparison.Ordinal))
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
        QmpConnection.Text(data, "device") == id || (QmpConnection.Text(data, "device").Length == 0 && QmpConnection.Text(data, "path") == $"{Named}/{id}");

    // A list without one of the two places is an empty one: -nodefaults machines have none nameless.
    private JsonElement[] Children(string place)
    {
        try
        {
            JsonElement list = connection.Execute("qom-list", new JsonObject { ["path"] = place });
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        }
        catch (QmpRefusal refusal) when (refusal.Kind == NotFound)
        {
            return [];
        }
    }

    /// <summary>A text property of an object; null when there is no such object, or none with that property.</summary>
    private string? Property(string path, string name)
    {
        try
        {
            JsonElement value = connection.Execute("qom-get", new JsonObject { ["path"] = path, ["property"] = name });
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }

    private static MacvtapException NoDevice(string id) => new(
        FailureId.QemuDeviceNotFound,
        $"QEMU has no network card '{id}'.",
        "Get-QemuNetworkDevice lists those that it has.",
        id);

    /// <summary>Nobody waits for answers any more. QEMU does what was sent, in this order.</summary>
    private void PostAll(Stack<Undo> undo)
    {
        try
        {
            foreach (Undo step in undo) connection.Post(step.Command, step.Arguments);
        }
        catch (Exception failure) when (failure is MacvtapException or OperationCanceledException)
        {
            // QEMU is gone, or takes nothing more: nothing can be taken back.
        }
    }

    private List<string> TakeBack(Stack<Undo> undo)
    {
        List<string> standing = [];
        foreach ((string command, JsonObject arguments, string what) in undo)
        {
            try
            {
                connection.Execute(command, arguments);
            }
            catch (QmpRefusal refusal) when (command == "closefd" && refusal.Words.Contains("not been found", StringComparison.Ordinal))
            {
                // The refused command took it already.
            }
            catch (Exception failure) when (failure is MacvtapException or OperationCanceledException)
            {
                standing.Add(what);
            }
        }

        return standing;
    }

    private static MacvtapException Failed(MacvtapException failure, QemuCard card, string after)
    {
        string words = (failure as QmpRefusal)?.Words ?? failure.Message;
        FailureId id = words.StartsWith("Duplicate", StringComparison.Ordinal) ? FailureId.QemuDeviceExists : failure.Id;
        return new MacvtapException(id, $"QEMU has not got the card '{card.Id}': {words.TrimEnd('.')}.{after}", Advice(words, card) ?? failure.Advice, card.Id, failure);
    }

    private static string? Advice(string words, QemuCard card)
    {
        if (words.StartsWith("Duplicate", StringComparison.Ordinal))
            return "Give -Id another one; Get-QemuNetworkDevice lists the cards.";
        if (words.Contains("does not support hotplugging", StringComparison.Ordinal))
            return "A q35 machine takes cards only at ports that it was started with: -device pcie-root-port,id=rp0 for QEMU, and then -DeviceOption @{ bus = 'rp0' } here. Each port takes one.";
        return words.Contains("is not a valid device model", StringComparison.Ordinal) ? $"{card.Model} is no card of this QEMU: its option -device help lists them." : null;
    }

    /// <summary>How a step is taken back, and what would stand otherwise.</summary>
    private sealed record Undo(string Command, JsonObject Arguments, string What);
}
