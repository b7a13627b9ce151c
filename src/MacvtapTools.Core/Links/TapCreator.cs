using System.Text;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using MacvtapTools.Route;
using Microsoft.Win32.SafeHandles;

namespace MacvtapTools.Links;

/// <summary>
/// Makes classic tun and tap links that stay (Documentation/networking/tuntap.rst, drivers/net/tun.c). Until the last step the link lives only as long as the
/// descriptor that made it, so whatever fails before, and even the end of this process, leaves nothing behind.
/// </summary>
/// <param name="session">The session of the namespace to make them in.</param>
internal sealed class TapCreator(LinkSession session)
{
    private const string Device = "/dev/net/tun";
    private const int MostLooks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Makes one and gives it back as the kernel has it.</summary>
    /// <param name="wanted">What to make.</param>
    /// <param name="failed">Why a setting was not taken; then nothing stands.</param>
    /// <returns>The link; null where <paramref name="failed"/> says why not.</returns>
    /// <exception cref="MacvtapException">A name, index, address or mode that cannot be.</exception>
    /// <exception cref="KernelException">The kernel refused; nothing stands.</exception>
    internal Link? Create(TapSpecification wanted, out LinkEditFailure? failed)
    {
        Check(wanted);
        failed = null;
        int index;
        using (SafeFileHandle device = NamespaceRunner.Open(session.Namespace, $"open {Device}", static () => Libc.Open(Device, Libc.O_RDWR | Libc.O_NONBLOCK)))
        {
            string name = Attach(device, wanted);
            Link made = session.Reader.Find(name) ?? throw new KernelException(Errno.ENODEV, $"read {name}");
            index = made.InterfaceIndex;
            if (wanted.Owner is { } owner) Ask(device, Libc.TUNSETOWNER, (nint)owner, $"create {wanted.Label}: set the owner {owner}");
            if (wanted.Group is { } group) Ask(device, Libc.TUNSETGROUP, (nint)group, $"create {wanted.Label}: set the group {group}");
            failed = session.Editor.Apply([.. Settings(wanted, made)]);
            if (failed is not null) return null;
            Ask(device, Libc.TUNSETPERSIST, 1, $"create {wanted.Label}: make it stay");
        }

        // Switched on while a descriptor was attached, the host would see a carrier for a moment and begin to make addresses.
        Link finished = ReadBack.Of(() => Released(index), $"{wanted.Label} stands with index {index}", $"Get-Link -InterfaceIndex {index}{CommandText.Place(session.Reader.NetworkNamespace)} shows it.", wanted.Name) ?? throw new KernelException(Errno.ENODEV, $"read {wanted.Label}");
        return wanted.Up ? SwitchOn(finished) : finished;
    }

    /// <summary>
    /// The link when no queue is open any more. A program that is being started by another thread at this moment has a copy of the descriptor, until its exec closes it.
    /// </summary>
    private Link? Released(int index)
    {
        for (int look = 1; ; look++)
        {
            Link? link = session.Reader.Find(index);
            if (link is not TapLink { Queues: > 0 } || look == MostLooks) return link;
            Thread.Sleep(BetweenLooks);
        }
    }

    /// <summary>Values that the kernel would take for something else, or refuse without a word.</summary>
    internal static void Check(TapSpecification wanted)
    {
        if (wanted.Name is { } name) LinkName.ThrowIfInvalid(name);
        if (!Enum.IsDefined(wanted.Mode))
            throw new MacvtapException(FailureId.ParameterInvalid, $"{(int)wanted.Mode} is no mode of such a link.", "Modes are Tap and Tun.", wanted.Mode);
        if (wanted.InterfaceIndex is < 1)
            throw new MacvtapException(FailureId.ParameterInvalid, $"{wanted.InterfaceIndex} is no interface index: they are numbers from 1 on.", "Leave it out, and the kernel picks one.", wanted.InterfaceIndex);
        if (wanted is { Mode: TapMode.Tun, MacAddress: not null })
            throw new MacvtapException(FailureId.ParameterInvalid, "A link in mode Tun carries IP packets and has no MAC address.", "Leave -MacAddress out, or take -Mode Tap.", wanted.MacAddress);
        if (wanted.MacAddress is { } address) MacAddressText.Parse(address);
    }

    /// <summary>Makes the link, held by the descriptor, and tells its name.</summary>
    private static unsafe string Attach(SafeFileHandle device, TapSpecification wanted)
    {
        string operation = $"create {wanted.Label}";
        if (wanted.InterfaceIndex is { } index) Ask(device, Libc.TUNSETIFINDEX, (nint)(&index), $"{operation} with index {index}");
        byte* request = stackalloc byte[Libc.InterfaceRequestSize];
        var bytes = new Span<byte>(request, Libc.InterfaceRequestSize);
        bytes.Clear();
        if (wanted.Name is { } name) Encoding.UTF8.GetBytes(name, bytes[..RtnetlinkConstants.LongestName]);
        int flags = (wanted.Mode == TapMode.Tun ? Libc.IFF_TUN : Libc.IFF_TAP)
            | (wanted.PacketInformation ? 0 : Libc.IFF_NO_PI)
            | (wanted.VnetHeader ? Libc.IFF_VNET_HDR : 0)
            | (wanted.MultiQueue ? Libc.IFF_MULTI_QUEUE : 0)
            | Libc.IFF_TUN_EXCL;
        BitConverter.TryWriteBytes(bytes[Libc.InterfaceRequestValue..], (ushort)flags);
        Ask(device, Libc.TUNSETIFF, (nint)request, operation);
        int length = bytes[..Libc.InterfaceRequestValue].IndexOf((byte)0);
        return Encoding.UTF8.GetString(bytes[..(length < 0 ? Libc.InterfaceRequestValue : length)]);
    }

    private static IEnumerable<LinkChange> Settings(TapSpecification wanted, Link made)
    {
        if (wanted.MacAddress is { } address) yield return new MacAddressChange(made, address);
        if (wanted.Mtu is { } mtu) yield return NumberChange.Mtu(made, mtu);
        if (wanted.Alias is { } alias) yield return new AliasChange(made, alias);
    }

    private Link SwitchOn(Link made)
    {
        try
        {
            return session.Changer.SetUp(made, true);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            if (HalfMade.Remove(session.Conversation, made.Record, made.NetworkNamespace, failure) is { } standing) throw standing;
            throw;
        }
    }

    private static void Ask(SafeFileHandle device, nuint request, nint argument, string operation)
    {
        if (Libc.Control(device, request, argument) < 0) throw KernelException.FromLastError(operation);
    }
}
