using System.Globalization;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Route;

namespace MacvtapTools.Guests;

/// <summary>A network card of QEMU and the backend behind it, in the words of its command line (qemu(1), -netdev and -device).</summary>
internal static class QemuArguments
{
    /// <summary>The card where nothing else was said.</summary>
    internal const string UsualModel = "virtio-net-pci";

    // libvirt names them so: hostnet0 behind net0.
    private const string BackendPrefix = "host";
    private const string VhostDevice = "/dev/vhost-net";

    /// <summary>Cards of QEMU that guests commonly know, and what they are.</summary>
    internal static readonly (string Model, string What)[] Models =
    [
        ("virtio-net-pci", "paravirtual, the fastest; the guest needs virtio drivers"),
        ("virtio-net-pci-non-transitional", "paravirtual, virtio 1.0 only"),
        ("virtio-net-pci-transitional", "paravirtual, also for old virtio drivers"),
        ("virtio-net-ccw", "paravirtual, for s390x"),
        ("virtio-net-device", "paravirtual, for machines without PCI"),
        ("e1000", "Intel gigabit; most guests know it"),
        ("e1000e", "Intel gigabit, PCI Express"),
        ("igb", "Intel gigabit with several queues, since QEMU 8.0"),
        ("rtl8139", "Realtek 100 megabit, for old guests"),
        ("vmxnet3", "of VMware"),
        ("ne2k_pci", "NE2000, for very old guests"),
        ("pcnet", "AMD, for old guests"),
        ("i82559er", "Intel 100 megabit"),
        ("usb-net", "on a USB bus"),
    ];

    /// <summary>Whether QEMU, run by this user, could let the kernel move the frames.</summary>
    internal static bool CanUseVhost() => Libc.MayAccess(VhostDevice, Libc.R_OK | Libc.W_OK);

    /// <summary>The id of the backend behind a card.</summary>
    internal static string BackendId(string id) => BackendPrefix + id;

    /// <summary>An id that QEMU takes, made of a link's name: letters, digits, '-', '.' and '_', a letter first (util/id.c, id_wellformed).</summary>
    internal static string IdOf(string linkName)
    {
        string id = string.Concat(linkName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '_'));
        return char.IsAsciiLetter(id[0]) ? id : "net" + id;
    }

    /// <summary>Refuses an id that QEMU would refuse, and several queues for a card that has one.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>.</exception>
    internal static void Check(QemuCard card)
    {
        if (card.Id.Length == 0 || !char.IsAsciiLetter(card.Id[0]) || card.Id != IdOf(card.Id))
            throw new MacvtapException(FailureId.ParameterInvalid, $"'{card.Id}' is no id for QEMU.", "It begins with a letter, and goes on with letters, digits, '-', '.' and '_'.", card.Id);
        if (card.QueueCount > 1 && !IsVirtio(card.Model))
            throw new MacvtapException(FailureId.ParameterInvalid, $"The card {card.Model} has one queue, not {card.QueueCount}.", $"Take {UsualModel}, or leave -QueueCount out.", card.Model);
    }

    /// <summary>
    /// The guest's own MAC address on a link. On a macvtap it is the link's, which is what the kernel delivers frames for. A classic tap's is the host's end of the
    /// cable, so the guest gets another: QEMU's prefix and the link's last three bytes.
    /// </summary>
    /// <param name="linkAddress">The link's MAC address.</param>
    /// <param name="isClassic">It is a classic tap.</param>
    internal static string GuestAddress(string linkAddress, bool isClassic)
    {
        if (!isClassic || !HardwareAddress.TryParse(linkAddress, out byte[]? bytes))
            return linkAddress;
        byte[] guest = [0x52, 0x54, 0x00, .. bytes[3..]];
        if (guest.AsSpan().SequenceEqual(bytes))
            guest[3] ^= 1;
        return HardwareAddress.Format(guest)!;
    }

    /// <summary>The four arguments: -netdev, the backend, -device, the card.</summary>
    /// <param name="card">The card.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>.</exception>
    internal static string[] For(QemuCard card)
    {
        Check(card);
        string backend = string.Join(',', Backend(card).Select(o => Option(o, card)).Prepend("tap"));
        string device = string.Join(',', Device(card).Select(o => Option(o, card)).Prepend(Escape(card.Model)));
        return ["-netdev", backend, "-device", device];
    }

    /// <summary>The options of the card, without its model.</summary>
    internal static IEnumerable<KeyValuePair<string, object>> Device(QemuCard card)
    {
        yield return new("id", card.Id);
        yield return new("netdev", BackendId(card.Id));
        yield return new("mac", card.MacAddress);
        if (card.QueueCount > 1)
        {
            yield return new("mq", true);
            // A vector for each queue and direction, one for the configuration and one for the control queue.
            if (IsPci(card.Model) && !card.DeviceOptions.ContainsKey("vectors"))
                yield return new("vectors", (2L * card.QueueCount) + 2);
        }

        foreach (KeyValuePair<string, object> option in card.DeviceOptions)
            yield return option;
    }

    private static IEnumerable<KeyValuePair<string, object>> Backend(QemuCard card)
    {
        yield return new("id", BackendId(card.Id));
        if (card.Descriptors is { } descriptors)
        {
            yield return new(card.QueueCount == 1 ? "fd" : "fds", descriptors);
        }
        else
        {
            yield return new("ifname", card.LinkName);
            yield return new("script", "no");
            yield return new("downscript", "no");
            if (card.QueueCount > 1)
                yield return new("queues", (long)card.QueueCount);
        }

        if (card.Vhost)
            yield return new("vhost", true);
    }

    /// <summary>Whether a card is one of virtio, which can have several queues and vhost-net behind it.</summary>
    internal static bool IsVirtio(string model) => model.StartsWith("virtio-net", StringComparison.Ordinal);

    private static bool IsPci(string model) => model.StartsWith("virtio-net-pci", StringComparison.Ordinal);

    // Start-TapProcess looks for placeholders in its arguments, and a value of ours that has braces is none.
    private static string Option(KeyValuePair<string, object> option, QemuCard card)
    {
        string value = option.Value is bool isOn ? (isOn ? "on" : "off") : Escape(Convert.ToString(option.Value, CultureInfo.InvariantCulture)!);
        return $"{option.Key}={(value == card.Descriptors || card.HasNumbers ? value : ArgumentTemplate.Escape(value))}";
    }

    // A comma ends an option; a doubled one stands for itself (util/keyval.c).
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);
}
