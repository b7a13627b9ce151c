namespace MacvtapTools.Links;

/// <summary>A classic tun or tap link to be made. What is null is left to the kernel.</summary>
internal sealed record TapSpecification
{
    /// <summary>May contain one "%d"; null is "tap%d" or "tun%d".</summary>
    internal string? Name { get; init; }

    internal TapMode Mode { get; init; } = TapMode.Tap;

    internal uint? Owner { get; init; }

    internal uint? Group { get; init; }

    internal bool MultiQueue { get; init; }

    internal bool VnetHeader { get; init; }

    internal bool PacketInformation { get; init; }

    internal int? InterfaceIndex { get; init; }

    /// <summary>In any usual spelling.</summary>
    internal string? MacAddress { get; init; }

    internal int? Mtu { get; init; }

    internal string? Alias { get; init; }

    internal bool Up { get; init; }

    /// <summary>How the user would call it.</summary>
    internal string Label => $"{(Mode == TapMode.Tun ? "tun" : "tap")}{(Name is null ? string.Empty : $" {Name}")}";
}
