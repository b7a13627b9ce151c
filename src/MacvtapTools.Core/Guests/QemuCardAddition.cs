using System.Text.Json;
using System.Text.Json.Nodes;
using MacvtapTools.Failures;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Guests;

/// <summary>Adds a network card to a running QEMU: descriptors, a backend that takes them, and the card; whole or not at all.</summary>
/// <param name="connection">The conversation with it.</param>
internal sealed class QemuCardAddition(QmpConnection connection)
{
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
            return new QemuNetworkDevice(connection.Path, card.Id, card.Model, card.MacAddress, backend, QemuObjects.PathOf(card.Id));
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
    internal void Check(QemuCard card)
    {
        QemuArguments.Check(card);
        if (new QemuObjects(connection).Property(QemuObjects.PathOf(card.Id), "type") is not null)
            throw Failed(Refusal($"Duplicate device ID '{card.Id}'"), card, string.Empty);
        try
        {
            connection.Execute("device-list-properties", new JsonObject { ["typename"] = card.Model });
        }
        catch (QmpRefusal refusal) when (refusal.Kind == QemuObjects.NotFound)
        {
            throw Failed(Refusal($"'{card.Model}' is not a valid device model name"), card, string.Empty);
        }
    }

    /// <summary>What QEMU would say to device_add, in its words.</summary>
    private QmpRefusal Refusal(string words) => new("device_add", "GenericError", words, connection.Path);

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
