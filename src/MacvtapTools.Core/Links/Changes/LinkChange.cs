using MacvtapTools.Netlink;

namespace MacvtapTools.Links.Changes;

/// <summary>One change of one property of a link: how to make it, how to see whether it was made, and how to take it back.</summary>
/// <param name="Link">The link, as it was before.</param>
internal abstract record LinkChange(Link Link)
{
    /// <summary>The property, by its name.</summary>
    internal abstract string Property { get; }

    /// <summary>What it shall be, for messages.</summary>
    internal abstract object? Wanted { get; }

    /// <summary>What it is, for messages and the comparison.</summary>
    internal abstract object? Read(Link link);

    /// <summary>Whether a link has it as it shall be.</summary>
    internal virtual bool IsMade(Link link) => Equals(Read(link), Wanted);

    /// <summary>Whether the kernel may have done a part of it although it refused.</summary>
    internal virtual bool MayActRefused => false;

    /// <summary>Whether a link has it as it was before.</summary>
    internal virtual bool IsTakenBack(Link link) => Equals(Read(link), Read(Link));

    /// <summary>Composes the request that makes it.</summary>
    internal abstract void Compose(RequestBuffer requests);

    /// <summary>Composes the request that takes it back.</summary>
    internal abstract void ComposeUndo(RequestBuffer requests);

    /// <summary>Composes what is still missing after that request was carried out, if anything.</summary>
    /// <param name="requests">The buffer.</param>
    /// <param name="link">The link as it is then.</param>
    internal virtual void ComposeRest(RequestBuffer requests, Link link)
    {
    }

    /// <summary>For the question that -WhatIf and -Confirm put.</summary>
    public sealed override string ToString() => $"{Property} {Show(Read(Link))} to {Show(Wanted)}";

    private static string Show(object? value) => value is null or "" ? "(none)" : value.ToString()!;
}
