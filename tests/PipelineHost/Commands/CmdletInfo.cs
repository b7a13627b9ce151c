using MacvtapTools.PipelineHost.Binding;

namespace System.Management.Automation;

/// <summary>A cmdlet: its name and its class.</summary>
public class CmdletInfo : CommandInfo
{
    private CommandMetadata? metadata;

    public CmdletInfo(string name, Type implementingType)
        : base(name, CommandTypes.Cmdlet)
    {
        ArgumentNullException.ThrowIfNull(implementingType);
        ImplementingType = implementingType;
    }

    public string DefaultParameterSet => Metadata.DefaultSetName ?? ParameterAttribute.AllParameterSets;

    public override string Definition => Name;

    public Type ImplementingType { get; }

    public string Noun => Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..];

    public string Verb => Name[..Math.Max(0, Name.IndexOf('-', StringComparison.Ordinal))];

    internal CommandMetadata Metadata => metadata ??= CommandMetadata.Read(Name, ImplementingType);
}
