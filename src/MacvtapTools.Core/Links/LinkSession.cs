using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Namespaces;
using MacvtapTools.Netlink;
using MacvtapTools.Tracing;

namespace MacvtapTools.Links;

/// <summary>
/// A conversation with the kernel about the links of one network namespace. The socket is opened inside the namespace and belongs to it for good, whatever
/// thread uses it later. Not for two threads at once.
/// </summary>
internal sealed class LinkSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TracedChannel? _traced;
    private NamespaceSysfs? _sysfs;
    private bool _isSysfsRefused;

    private LinkSession(NamespaceHandle handle, IDatagramChannel channel)
    {
        Namespace = handle;
        _traced = channel as TracedChannel;
        Conversation = new NetlinkConversation(channel);
        Reader = new LinkReader(Conversation, handle.DisplayName, ReadPhysical);
        Creator = new LinkCreator(Conversation, Reader);
        Changer = new LinkChanger(Conversation, Reader);
        Editor = new LinkEditor(Conversation, Reader);
        Mover = new LinkMover(Conversation);
        AlternativeNames = new AlternativeNames(Conversation, Reader);
        SourceAddresses = new SourceAddressEditor(Conversation, Reader);
        Remover = new LinkRemover(Conversation, Reader);
        TapCreator = new TapCreator(this);
    }

    /// <summary>The namespace, held open.</summary>
    internal NamespaceHandle Namespace { get; }

    internal NetlinkConversation Conversation { get; }

    internal LinkReader Reader { get; }

    internal LinkCreator Creator { get; }

    internal TapCreator TapCreator { get; }

    internal LinkChanger Changer { get; }

    internal LinkEditor Editor { get; }

    internal LinkMover Mover { get; }

    internal AlternativeNames AlternativeNames { get; }

    internal SourceAddressEditor SourceAddresses { get; }

    internal LinkRemover Remover { get; }

    /// <summary>The sysfs of the namespace; opened when it is first asked for.</summary>
    internal NamespaceSysfs Sysfs => _sysfs ??= NamespaceSysfs.Open(Namespace);

    /// <summary>Opens a session.</summary>
    /// <param name="networkNamespace">A name, a path or a process id; null or empty for the calling thread's namespace.</param>
    /// <param name="log">Who writes down what is said to the kernel, or null for nobody.</param>
    /// <exception cref="Failures.MacvtapException">NetworkNamespaceNotFound, ParameterInvalid, AccessDenied.</exception>
    internal static LinkSession Open(string? networkNamespace = null, ExchangeLog? log = null)
    {
        NamespaceHandle handle = NamespaceResolver.Open(networkNamespace);
        try
        {
            IDatagramChannel channel = NamespaceRunner.Run(handle, static () => NetlinkSocket.Open(Patience));
            return new LinkSession(handle, log is null ? channel : new TracedChannel(channel, log, handle.DisplayName));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A session over another channel than a socket, for tests.</summary>
    internal static LinkSession Over(IDatagramChannel channel) => new(NamespaceResolver.Open((string?)null), channel);

    /// <summary>Nothing is under way: what was said last can be written down.</summary>
    internal void FinishTrace() => _traced?.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        _sysfs?.Dispose();
        Conversation.Dispose();
        Namespace.Dispose();
    }

    /// <summary>What sysfs tells of a physical device; null where it may not be opened, which is no reason not to show the link.</summary>
    private PhysicalFacts? ReadPhysical(string name)
    {
        if (_isSysfsRefused) return null;
        try
        {
            return PhysicalFacts.Read(Sysfs, name);
        }
        catch (Exception refusal) when (refusal is MacvtapException or KernelException)
        {
            _isSysfsRefused = true;
            return null;
        }
    }
}
