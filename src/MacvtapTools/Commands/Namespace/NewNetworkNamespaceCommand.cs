using System.Management.Automation;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Namespaces;
using MacvtapTools.Preflight;

namespace MacvtapTools.Commands;

/// <summary>Makes network namespaces with a name, as ip netns add does.</summary>
[Cmdlet(VerbsCommon.New, "NetworkNamespace", SupportsShouldProcess = true)]
[OutputType(typeof(NetworkNamespace))]
public sealed class NewNetworkNamespaceCommand : ModuleCmdlet
{
    private const string Loopback = "lo";

    /// <summary>The names of the new namespaces.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>Switches the loopback device of the new namespace on; it is off in a new one.</summary>
    [Parameter]
    public SwitchParameter LoopbackUp { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Attempt(name, () =>
            {
                if (!Proceed($"network namespace {name}", "Create", () => NamespacePreflight.CheckCreate(name))) return;
                NetworkNamespace made = NamespaceStore.Create(name);
                if (LoopbackUp) SwitchOn(made);
                WriteObject(made);
            });
        }
    }

    private static void SwitchOn(NetworkNamespace made)
    {
        try
        {
            using LinkSession session = LinkSession.Open(made.Name);
            if (session.Reader.Find(Loopback) is { } loopback) session.Changer.SetUp(loopback, true);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            Remove(made, failure);
            throw;
        }
    }

    /// <summary>Takes the new namespace back, or says that it stands.</summary>
    private static void Remove(NetworkNamespace made, Exception failure)
    {
        try
        {
            NamespaceStore.Delete(made.Name!);
        }
        catch (Exception second) when (second is KernelException or MacvtapException)
        {
            throw new MacvtapException(
                (failure as MacvtapException)?.Id ?? FailureId.KernelError,
                $"{failure.Message} The network namespace {made.Name} still stands, because it could not be removed: {second.Message}",
                $"Remove-NetworkNamespace {CommandText.Pattern(made.Name!)}",
                made.Name,
                failure as KernelException ?? failure.InnerException);
        }
    }
}
