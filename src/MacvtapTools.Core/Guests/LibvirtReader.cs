using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>Reads network cards from what libvirt writes: domains, networks, and single cards.</summary>
internal static class LibvirtReader
{
    private static readonly XmlReaderSettings _settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>The outer elements of a text that has one document, or several one after another.</summary>
    /// <exception cref="MacvtapException">LibvirtXmlInvalid: it is no XML, or has a document type.</exception>
    internal static IReadOnlyList<XElement> Parse(string text, string? from)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), _settings);
            List<XElement> elements = [];
            reader.MoveToContent();
            while (!reader.EOF)
            {
                // Reading an element moves on to what comes after it.
                if (reader.NodeType == XmlNodeType.Element) elements.Add((XElement)XNode.ReadFrom(reader));
                else if (reader.NodeType == XmlNodeType.Text) throw new XmlException($"'{reader.Value.Trim().Split('\n')[0]}' stands outside of any element.");
                else reader.Read();
            }

            return elements.Count > 0 ? elements : throw new XmlException("there is no element.");
        }
        catch (XmlException failure)
        {
            throw new MacvtapException(FailureId.LibvirtXmlInvalid, $"{from ?? "The text"} is not XML as libvirt writes it: {failure.Message}", "virsh dumpxml GUEST and virsh net-dumpxml NETWORK write it.", from, failure);
        }
    }

    /// <summary>The cards of all elements. A card that belongs to a network among them is what that network makes of it.</summary>
    /// <exception cref="MacvtapException">LibvirtXmlInvalid: an element is neither a guest, a network nor a card.</exception>
    internal static IReadOnlyList<LibvirtInterface> Read(IReadOnlyList<XElement> elements)
    {
        foreach (XElement element in elements)
        {
            bool isKnown = element.Name.LocalName is "network" || (element.Name.LocalName == "interface" && element.Attribute("name") is null) || Guests(element).Any();
            if (!isKnown)
                throw new MacvtapException(FailureId.LibvirtXmlInvalid, $"<{element.Name.LocalName}> is neither a guest (<domain>), a network (<network>) nor a card of a guest (<interface type=...>).", "virsh dumpxml GUEST and virsh net-dumpxml NETWORK write them.", element.Name.LocalName);
        }

        Dictionary<string, XElement> networks = [];
        foreach (XElement network in elements.Where(e => e.Name.LocalName == "network")) networks[Text(network, "name") ?? string.Empty] = network;
        List<LibvirtInterface> cards = [];
        foreach (XElement element in elements)
        {
            if (element.Name.LocalName == "interface") cards.Add(Card(element, null, networks));
            foreach (XElement guest in Guests(element)) cards.AddRange(guest.Elements("devices").Elements("interface").Select(c => Card(c, Text(guest, "name"), networks)));
        }

        // A network that a guest here uses shows in the guest's cards; of any other the pool is shown.
        foreach ((string name, XElement network) in networks.Where(n => !cards.Exists(c => c.NetworkName == n.Key))) cards.AddRange(Pool(name, network));
        return cards;
    }

    /// <summary>What a card is, for a user who asked for macvtaps.</summary>
    internal static string Describe(LibvirtInterface card)
    {
        string whose = card.GuestName is { } guest ? $" of guest {guest}" : string.Empty;
        string what = card switch
        {
            { InterfaceType: "network" } => $"belongs to the network {card.NetworkName}, which is not among the input (virsh net-dumpxml {card.NetworkName} gives it), or makes no macvtap",
            { Bridge: { } bridge } => $"is of type {card.InterfaceType}, a tap on the bridge {bridge}",
            { InterfaceType: "ethernet" } => "is of type ethernet, a device that is there already",
            { InterfaceType: "direct" } => "is of type direct, and its lower device or mode could not be read",
            _ => $"is of type {card.InterfaceType}",
        };
        return $"The card {card.Name ?? card.MacAddress ?? "without a name"}{whose} {what}: no macvtap is made for it.";
    }

    /// <summary>The guests in an element: itself, or one that a snapshot or a state file has within.</summary>
    private static IEnumerable<XElement> Guests(XElement element) => element.Name.LocalName == "domain" ? [element] : element.Descendants("domain");

    private static LibvirtInterface Card(XElement card, string? guest, Dictionary<string, XElement> networks)
    {
        XElement? source = card.Element("source");
        string type = (string?)card.Attribute("type") ?? "network";
        string? network = (string?)source?.Attribute("network");
        string? lower = type == "direct" || (string?)source?.Attribute("mode") is not null ? (string?)source?.Attribute("dev") : null;
        string? mode = (string?)source?.Attribute("mode");
        if (type == "network" && lower is null && network is not null && networks.TryGetValue(network, out XElement? its))
        {
            // A network without a mode is of mode nat: no macvtap is made for its cards.
            mode = (string?)its.Element("forward")?.Attribute("mode");
            lower = mode is null ? null : Devices(its).FirstOrDefault();
        }

        LinkMode? read = lower is null ? null : LibvirtModes.Read(mode);
        return new LibvirtInterface
        {
            GuestName = guest,
            NetworkName = network,
            InterfaceType = type,
            Name = (string?)card.Element("target")?.Attribute("dev"),
            LowerDevice = read is null ? null : lower,
            Mode = read,
            MacAddress = (string?)card.Element("mac")?.Attribute("address"),
            Bridge = (string?)source?.Attribute("bridge"),
            Mtu = Number(card.Element("mtu")?.Attribute("size")),
            QueueCount = Number(card.Element("driver")?.Attribute("queues")),
            Model = (string?)card.Element("model")?.Attribute("type"),
            VirtualPort = (string?)card.Element("virtualport")?.Attribute("type"),
        };
    }

    private static IEnumerable<LibvirtInterface> Pool(string name, XElement network)
    {
        string? word = (string?)network.Element("forward")?.Attribute("mode");
        LinkMode? mode = word is null ? null : LibvirtModes.Read(word);
        string[] devices = mode is null ? [] : Devices(network);
        if (devices.Length == 0)
            return [new LibvirtInterface { InterfaceType = "network", NetworkName = name, Bridge = (string?)network.Element("bridge")?.Attribute("name") }];
        return devices.Select(d => new LibvirtInterface { InterfaceType = "direct", NetworkName = name, LowerDevice = d, Mode = mode });
    }

    /// <summary>The lower devices of a network: its pool, or the one of the short form.</summary>
    private static string[] Devices(XElement network)
    {
        XElement? forward = network.Element("forward");
        if (forward is null || network.Element("bridge") is not null) return [];
        string[] pool = [.. forward.Elements("interface").Select(i => (string?)i.Attribute("dev")).OfType<string>()];
        return pool.Length > 0 || (string?)forward.Attribute("dev") is not { } only ? pool : [only];
    }

    private static string? Text(XElement parent, string name) => parent.Element(name)?.Value.Trim();

    private static int? Number(XAttribute? attribute) => int.TryParse((string?)attribute, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
