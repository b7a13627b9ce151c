using static MacvtapTools.Interop.ClassicBpf;
using static MacvtapTools.Protection.BpfAssembler;

namespace MacvtapTools.Protection;

/// <summary>What looks behind the Ethernet header: tags, ARP, IPv4, IPv6 with its extension headers.</summary>
internal sealed partial class ProtectionCompiler
{
    /// <summary>How many extension headers of IPv6 are walked over; a packet with more is dropped.</summary>
    internal const int MostExtensionHeaders = 8;

    private const uint TypeOffset = 12;
    private const uint TagLength = 4;
    private const uint SmallestType = 0x600;
    private const uint ProtocolWord = 1; // memory: what the next header of an IPv6 packet is
    private const uint NetworkWord = 0; // memory: where the network header begins

    private const uint ArpLength = 28;
    private const uint ArpEthernetIPv4 = 0x0001_0800;
    private const uint ArpLengths = 0x0604;
    private const uint ArpRequest = 1;

    private const uint Udp = 17;
    private const uint IcmpV6 = 58;
    private const uint UdpPorts = 4;
    private const uint DhcpClientPort = 68;
    private const uint DhcpV6ClientPort = 546;

    private const uint RouterSolicitation = 133;
    private const uint RouterAdvertisement = 134;
    private const uint NeighbourAdvertisement = 136;
    private const uint Redirect = 137;
    private const uint NeighbourLength = 24;

    private static readonly uint[] TagTypes = [0x8100, 0x88a8, 0x9100];

    /// <summary>
    /// A tag that the kernel took out of the bytes (metadata) is not there to be passed over: the type that follows it stands in its place. Two more can be in the
    /// bytes; a frame with a third one is dropped.
    /// </summary>
    private void LookInside()
    {
        int second = _code.NewLabel(), third = _code.NewLabel(), known = _code.NewLabel();
        _code.Do(LoadHalf, TypeOffset);
        IfTag(second);
        _code.Do(BPF_LDX | BPF_IMM, EthernetHeader);
        _code.Go(known);
        _code.Place(second);
        Tag(1, third, known);
        _code.Place(third);
        Tag(2, _drop, known);
        _code.Place(known);
        _code.Do(BPF_STX, NetworkWord);
        int arp = _code.NewLabel(), four = _code.NewLabel(), six = _code.NewLabel();
        bool isSix = _shape.NeighbourAddresses > 0 || _shape.Has(ProtectionFlags.BlockRouterAdvertisement | ProtectionFlags.BlockDhcpServer);
        if (_shape.ArpAddresses > 0) _code.If(BPF_JEQ | BPF_K, 0x0806, arp, Next);
        if (_shape.Has(ProtectionFlags.BlockDhcpServer)) _code.If(BPF_JEQ | BPF_K, 0x0800, four, Next);
        if (isSix) _code.If(BPF_JEQ | BPF_K, 0x86dd, six, Next);
        _code.If(BPF_JGE | BPF_K, SmallestType, _pass, Next);
        Snap();
        if (_shape.ArpAddresses > 0) Arp(arp);
        if (_shape.Has(ProtectionFlags.BlockDhcpServer)) Four(four);
        if (isSix) Six(six);
    }

    private void IfTag(int label)
    {
        foreach (uint type in TagTypes) _code.If(BPF_JEQ | BPF_K, type, label, Next);
    }

    private void Tag(uint number, int another, int known)
    {
        uint end = EthernetHeader + (number * TagLength);
        _code.Do(LoadLength);
        _code.If(BPF_JGE | BPF_K, end, Next, _drop);
        _code.Do(LoadHalf, end - sizeof(ushort));
        IfTag(another);
        _code.Do(BPF_LDX | BPF_IMM, end);
        _code.Go(known);
    }

    /// <summary>IP and ARP in an 802.2 envelope (RFC 1042) would be taken by some systems, and nobody sends it on Ethernet: it is dropped. Other protocols in one pass.</summary>
    private void Snap()
    {
        int isSnap = _code.NewLabel();
        _code.Do(LoadLength);
        _code.Do(BPF_ALU | BPF_SUB | BPF_X);
        _code.If(BPF_JGE | BPF_K, 8, Next, _pass);
        _code.Do(LoadHalfAtX, 0);
        _code.If(BPF_JEQ | BPF_K, 0xaaaa, isSnap, _pass);
        _code.Place(isSnap);
        _code.Do(LoadWordAtX, 2);
        _code.Do(BPF_ALU | BPF_AND | BPF_K, 0x00ff_ffff);
        _code.If(BPF_JEQ | BPF_K, 0, _drop, Next);
        _code.If(BPF_JEQ | BPF_K, 0xf8, _drop, _pass);
    }

    /// <summary>The sender's protocol address must be known; a probe (RFC 5227) has none and may ask for a known one.</summary>
    private void Arp(int start)
    {
        int probe = _code.NewLabel();
        _code.Place(start);
        Need(ArpLength);
        _code.Do(LoadWordAtX, 0);
        _code.If(BPF_JEQ | BPF_K, ArpEthernetIPv4, Next, _drop);
        _code.Do(LoadHalfAtX, 4);
        _code.If(BPF_JEQ | BPF_K, ArpLengths, Next, _drop);
        _code.Do(LoadWordAtX, 14);
        for (int i = 0; i < _shape.ArpAddresses; i++) _code.If(BPF_JEQ | BPF_K, _words[_shape.FirstArp + i], _pass, Next, _shape.FirstArp + i);
        _code.If(BPF_JEQ | BPF_K, 0, probe, _drop);
        _code.Place(probe);
        _code.Do(LoadHalfAtX, 6);
        _code.If(BPF_JEQ | BPF_K, ArpRequest, Next, _drop);
        _code.Do(LoadWordAtX, 24);
        for (int i = 0; i < _shape.ArpAddresses; i++) _code.If(BPF_JEQ | BPF_K, _words[_shape.FirstArp + i], _pass, Next, _shape.FirstArp + i);
        _code.Do(BPF_RET | BPF_K, Drop);
    }

    /// <summary>UDP to the port of a DHCP client. Fragments but the first have no ports, and cannot change those of the first: it holds the whole UDP header.</summary>
    private void Four(int start)
    {
        _code.Place(start);
        Need(20);
        _code.Do(LoadByteAtX, 9);
        _code.If(BPF_JEQ | BPF_K, Udp, Next, _pass);
        _code.Do(LoadHalfAtX, 6);
        _code.If(BPF_JSET | BPF_K, 0x1fff, _pass, Next);
        _code.Do(LoadByteAtX, 0);
        _code.Do(BPF_ALU | BPF_AND | BPF_K, 0x0f);
        _code.Do(BPF_ALU | BPF_LSH | BPF_K, 2);
        _code.If(BPF_JGE | BPF_K, 20, Next, _drop);
        _code.Do(BPF_ALU | BPF_ADD | BPF_X);
        _code.Do(GiveX);
        Port(DhcpClientPort);
    }

    private void Port(uint port)
    {
        Need(UdpPorts);
        _code.Do(LoadHalfAtX, 2);
        _code.If(BPF_JEQ | BPF_K, port, _drop, _pass);
    }

    private void Six(int start)
    {
        int upper = _code.NewLabel();
        _code.Place(start);
        Need(40);
        _code.Do(LoadByteAtX, 6);
        _code.Do(BPF_ST, ProtocolWord);
        Advance(40);
        for (int i = 0; i < MostExtensionHeaders; i++) ExtensionHeader(upper);
        _code.Do(BPF_LD | BPF_MEM, ProtocolWord);
        foreach (uint header in ExtensionHeaders) _code.If(BPF_JEQ | BPF_K, header, _drop, Next);
        _code.Place(upper);
        int udp = _code.NewLabel(), icmp = _code.NewLabel();
        if (_shape.Has(ProtectionFlags.BlockDhcpServer)) _code.If(BPF_JEQ | BPF_K, Udp, udp, Next);
        if (_shape.NeighbourAddresses > 0 || _shape.Has(ProtectionFlags.BlockRouterAdvertisement)) _code.If(BPF_JEQ | BPF_K, IcmpV6, icmp, Next);
        _code.Go(_pass);
        if (_shape.Has(ProtectionFlags.BlockDhcpServer))
        {
            _code.Place(udp);
            Port(DhcpV6ClientPort);
        }

        if (_shape.NeighbourAddresses == 0 && !_shape.Has(ProtectionFlags.BlockRouterAdvertisement)) return;
        _code.Place(icmp);
        Need(1);
        _code.Do(LoadByteAtX, 0);
        if (_shape.Has(ProtectionFlags.BlockRouterAdvertisement)) _code.If(BPF_JEQ | BPF_K, RouterAdvertisement, _drop, Next);
        if (_shape.NeighbourAddresses > 0) Neighbour();
        else _code.Go(_pass);
    }

    /// <summary>An advertisement's target must be known; of solicitations, router advertisements and redirects the sender, which receivers learn from too. It may be unspecified.</summary>
    private void Neighbour()
    {
        int advertisement = _code.NewLabel(), compare = _code.NewLabel();
        _code.If(BPF_JGE | BPF_K, RouterSolicitation, Next, _pass);
        _code.If(BPF_JGT | BPF_K, Redirect, _pass, Next);
        _code.If(BPF_JEQ | BPF_K, NeighbourAdvertisement, advertisement, Next);
        _code.Do(BPF_LDX | BPF_MEM, NetworkWord);
        for (uint word = 0; word < ProtectionShape.NeighbourWords; word++)
        {
            _code.Do(LoadWordAtX, 8 + (word * sizeof(uint)));
            _code.If(BPF_JEQ | BPF_K, 0, word == ProtectionShape.NeighbourWords - 1 ? _pass : Next, compare);
        }

        _code.Place(advertisement);
        Need(NeighbourLength);

        // The target of an advertisement and the sender of a packet both stand eight bytes behind X.
        _code.Place(compare);
        for (int i = 0, slot = _shape.FirstNeighbour; i < _shape.NeighbourAddresses; i++)
        {
            int other = _code.NewLabel();
            for (int word = 0; word < ProtectionShape.NeighbourWords; word++, slot++)
            {
                _code.Do(LoadWordAtX, (uint)(8 + (word * sizeof(uint))));
                _code.If(BPF_JEQ | BPF_K, _words[slot], word == ProtectionShape.NeighbourWords - 1 ? _pass : Next, other, slot);
            }

            _code.Place(other);
        }

        _code.Do(BPF_RET | BPF_K, Drop);
    }
}
