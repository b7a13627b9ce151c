using MacvtapTools.Failures;
using MacvtapTools.Interop;
using MacvtapTools.Links.Changes;
using MacvtapTools.Netlink;
using MacvtapTools.Route;

namespace MacvtapTools.Links;

/// <summary>Adds and removes alternative names of links: each up to 127 bytes, unique in the namespace among all names.</summary>
internal sealed class AlternativeNames(NetlinkConversation conversation, LinkReader reader)
{
    private delegate void Composer(RequestBuffer requests, int index, string name);

    /// <summary>Adds names. If one fails, those added before it are removed again.</summary>
    /// <returns>Null, or what failed.</returns>
    internal ListEditFailure? Add(Link link, IReadOnlyList<string> names) =>
        Edit(link, names, LinkRequests.AddAlternativeName, LinkRequests.RemoveAlternativeName, shallHave: true);

    /// <summary>Removes names. If one fails, those removed before it are added again.</summary>
    /// <returns>Null, or what failed.</returns>
    internal ListEditFailure? Remove(Link link, IReadOnlyList<string> names) =>
        Edit(link, names, LinkRequests.RemoveAlternativeName, LinkRequests.AddAlternativeName, shallHave: false);

    /// <summary>What is asked, in words.</summary>
    internal static string Operation(Link link, string name, bool shallHave) => shallHave ? $"give {link.Name} the alternative name {name}" : $"take the alternative name {name} from {link.Name}";

    private ListEditFailure? Edit(Link link, IReadOnlyList<string> names, Composer make, Composer undo, bool shallHave)
    {
        for (int i = 0; i < names.Count; i++)
        {
            string operation = Operation(link, names[i], shallHave);
            if (Run(link, names[i], make, operation, shallHave, out bool mayStand) is not { } refusal) continue;

            // Last first. What the link had before, or lacked, is none of our doing.
            List<string> standing = [];
            for (int j = mayStand ? i : i - 1; j >= 0; j--)
            {
                if (link.AlternativeName.Contains(names[j]) == shallHave) continue;
                if (Run(link, names[j], undo, operation, !shallHave, out _) is not null && Has(link, names[j]) != !shallHave) standing.Add(names[j]);
            }

            return new ListEditFailure(refusal, standing) { Entry = names[i] };
        }

        return null;
    }

    /// <summary>Adds or removes one name, and reads it back in the same send.</summary>
    private Exception? Run(Link link, string name, Composer compose, string operation, bool shallHave, out bool mayStand)
    {
        mayStand = true;
        LinkRecord? now = null;
        try
        {
            RequestBuffer requests = conversation.Compose();
            compose(requests, link.InterfaceIndex, name);
            LinkRequests.Get(requests, link.InterfaceIndex);
            ReadOnlySpan<RequestOutcome> outcomes = conversation.Exchange((_, _, body) => now = LinkCodec.Read(body));
            mayStand = outcomes[0].Succeeded;
            foreach (RequestOutcome outcome in outcomes)
            {
                if (!outcome.Succeeded) return outcome.ToException(operation);
            }

            return now is not null && now.AlternativeNames.Contains(name) == shallHave
                ? null
                : new MacvtapException(FailureId.ReadBackMismatch, $"Could not {operation}: the kernel acknowledged it and did not do it.", target: link);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return failure;
        }
    }

    /// <summary>Whether the link has a name; null where it cannot be read.</summary>
    private bool? Has(Link link, string name)
    {
        try
        {
            return reader.FindRecord(link.InterfaceIndex)?.AlternativeNames.Contains(name);
        }
        catch (Exception failure) when (failure is KernelException or MacvtapException)
        {
            return null;
        }
    }
}
