using static MacvtapTools.Interop.ClassicBpf;
using static MacvtapTools.Protection.BpfAssembler;

namespace MacvtapTools.Protection;

/// <summary>The walk over the extension headers of IPv6. Classic BPF has no loops, so it is written out.</summary>
internal sealed partial class ProtectionCompiler
{
    private const uint HopByHop = 0;
    private const uint Routing = 43;
    private const uint Fragment = 44;
    private const uint Authentication = 51;
    private const uint DestinationOptions = 60;
    private const uint Mobility = 135;
    private const uint HostIdentity = 139;
    private const uint Shim = 140;
    private const uint ShortestExtension = 8;

    private static readonly uint[] ExtensionHeaders = [HopByHop, Routing, Fragment, Authentication, DestinationOptions, Mobility, HostIdentity, Shim];

    /// <summary>
    /// One extension header: goes to the label with its number in the accumulator where it is none. Only the first fragment tells what is inside, and has to tell it
    /// wholly (RFC 7112); the others pass (RFC 7113), and are of no use without it.
    /// </summary>
    private void ExtensionHeader(int upper)
    {
        int walk = _code.NewLabel(), fragment = _code.NewLabel(), authentication = _code.NewLabel(), done = _code.NewLabel();
        _code.Do(BPF_LD | BPF_MEM, ProtocolWord);
        foreach (uint header in ExtensionHeaders)
            _code.If(BPF_JEQ | BPF_K, header, header == Fragment ? fragment : header == Authentication ? authentication : walk, header == Shim ? upper : Next);
        _code.Place(walk);
        Enter();
        _code.Do(LoadByteAtX, 1);
        Skip(1, 3, done);
        _code.Place(authentication);
        Enter();
        _code.Do(LoadByteAtX, 1);
        Skip(2, 2, done);
        _code.Place(fragment);
        Enter();
        _code.Do(LoadHalfAtX, 2);
        _code.If(BPF_JSET | BPF_K, 0xfff8, _pass, Next);
        Advance(ShortestExtension);
        _code.Place(done);
    }

    /// <summary>Notes what follows this header.</summary>
    private void Enter()
    {
        Need(ShortestExtension);
        _code.Do(LoadByteAtX, 0);
        _code.Do(BPF_ST, ProtocolWord);
    }

    /// <summary>The accumulator tells the header's length: X goes behind it.</summary>
    private void Skip(uint more, uint shift, int label)
    {
        _code.Do(BPF_ALU | BPF_ADD | BPF_K, more);
        _code.Do(BPF_ALU | BPF_LSH | BPF_K, shift);
        _code.Do(BPF_ALU | BPF_ADD | BPF_X);
        _code.Do(GiveX);
        _code.Go(label);
    }

    private void Advance(uint bytes)
    {
        _code.Do(TakeX);
        _code.Do(BPF_ALU | BPF_ADD | BPF_K, bytes);
        _code.Do(GiveX);
    }
}
