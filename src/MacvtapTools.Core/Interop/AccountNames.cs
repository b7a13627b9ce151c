using System.Collections.Concurrent;
using System.Globalization;

namespace MacvtapTools.Interop;

/// <summary>
/// Names of users and groups, each looked up once: keep one for as long as a command runs. An id without a name is given as its number. The C library may ask
/// name services over the network, so this must not run inside another network namespace.
/// </summary>
internal sealed class AccountNames
{
    private readonly ConcurrentDictionary<uint, string> _users = new();
    private readonly ConcurrentDictionary<uint, string> _groups = new();

    /// <summary>The name of a user.</summary>
    /// <param name="id">The user's id.</param>
    internal string User(uint id) => _users.GetOrAdd(id, static id => Libc.UserName(id) ?? id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The name of a group.</summary>
    /// <param name="id">The group's id.</param>
    internal string Group(uint id) => _groups.GetOrAdd(id, static id => Libc.GroupName(id) ?? id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The id of a user that is named, or given as a number. A name wins over a number, as with chown(1).</summary>
    /// <param name="text">The name, or the number.</param>
    /// <returns>Null where there is no such user, and the text is no number either.</returns>
    internal static uint? UserId(string text) => Libc.UserId(text) ?? Number(text);

    /// <summary>The id of a group that is named, or given as a number.</summary>
    /// <param name="text">The name, or the number.</param>
    /// <returns>Null where there is no such group, and the text is no number either.</returns>
    internal static uint? GroupId(string text) => Libc.GroupId(text) ?? Number(text);

    // The largest number is the kernel's "nobody in particular" (-1), not an id.
    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint id) && id != uint.MaxValue ? id : null;
}
