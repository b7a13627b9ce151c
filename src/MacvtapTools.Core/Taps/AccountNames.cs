using System.Collections.Concurrent;
using System.Globalization;
using MacvtapTools.Interop;

namespace MacvtapTools.Taps;

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
}
