using System.Management.Automation;
using MacvtapTools.Completion;
using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links;
using MacvtapTools.Preflight;
using MacvtapTools.Taps;

namespace MacvtapTools.Commands;

/// <summary>What Grant-TapDevice and Revoke-TapDevice share.</summary>
public abstract class TapAccessCmdlet : TapDeviceCmdlet
{
    /// <summary>The users, by name or number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = false)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? User { get; set; }

    /// <summary>The users' groups, by name or number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Group { get; set; }

    /// <summary>Everybody else on the machine.</summary>
    [Parameter]
    public SwitchParameter Everyone { get; set; }

    /// <summary>How much: to read is to receive a share of the guest's frames, to write is to send in its name.</summary>
    [Parameter]
    public TapAccess Access { get; set; } = TapAccess.ReadWrite;

    /// <summary>As owner or group of the node itself, and not by an entry of its access list.</summary>
    [Parameter]
    public SwitchParameter Ownership { get; set; }

    /// <summary>Gives the tap devices back as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected IReadOnlyList<TapAccessChange> Changes { get; private set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Changes = Read();
            Check();
        }
        catch (MacvtapException failure)
        {
            ThrowTerminatingError(Errors.ErrorRecords.From(failure));
        }
    }

    /// <summary>Refuses what must not be done.</summary>
    private protected virtual void Check()
    {
    }

    private protected abstract string Question(TapAccessChange change);

    /// <summary>Checks a change without making it.</summary>
    private protected abstract void Check(TapDevice device, LinkSession session, TapAccessChange change);

    private protected abstract void Apply(TapDevice device, LinkSession session, TapAccessChange change);

    /// <inheritdoc/>
    private protected override void Process(LinkSession session, Link link, string? path)
    {
        TapDevice device = Locator.Locate(session, link, path);
        bool isAsked = false;
        foreach (TapAccessChange change in Changes)
        {
            if (!Proceed(DescribeNode(device), Question(change), () => Verdict.Unless(() => Check(device, session, change)))) continue;
            isAsked = true;
            Apply(device, session, change);
        }

        if (PassThru && isAsked) WriteObject(Locator.Locate(session, link, device.Path));
    }

    private List<TapAccessChange> Read()
    {
        if (User is null && Group is null && !Everyone)
            throw new MacvtapException(FailureId.ParameterInvalid, "Nobody was named.", "Give -User or -Group.", null);
        if (Access is TapAccess.None || (Access & ~TapAccess.ReadWrite) != 0)
            throw new MacvtapException(FailureId.ParameterInvalid, $"'{Access}' is no access.", "Give Read, Write or ReadWrite.", Access);
        if (Ownership && (Everyone || User?.Length > 1 || Group?.Length > 1))
            throw new MacvtapException(FailureId.ParameterInvalid, "A node has one owner and one group.", "Leave -Ownership out: an access list takes as many as you like.", null);
        return
        [
            .. (User ?? []).Select(name => Change(TapAccountKind.User, name, AccountNames.UserId)),
            .. (Group ?? []).Select(name => Change(TapAccountKind.Group, name, AccountNames.GroupId)),
            .. Everyone ? [new TapAccessChange(null, 0, string.Empty, Access)] : Array.Empty<TapAccessChange>(),
        ];
    }

    private TapAccessChange Change(TapAccountKind kind, string name, Func<string, uint?> find) => find(name) is { } id
        ? new TapAccessChange(kind, id, name, Access, Ownership)
        : throw new MacvtapException(
            FailureId.AccountNotFound,
            $"There is no {(kind == TapAccountKind.User ? "user" : "group")} '{name}'.",
            $"getent {(kind == TapAccountKind.User ? "passwd" : "group")} lists those that there are; a number is taken too.",
            name);
}
