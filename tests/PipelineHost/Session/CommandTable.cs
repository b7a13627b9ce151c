using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost;

/// <summary>Cmdlets by name, and aliases.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, CmdletInfo> cmdlets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> aliases = new(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<CmdletInfo> Cmdlets => cmdlets.Values;

    internal IReadOnlyDictionary<string, string> Aliases => aliases;

    /// <summary>Registers the cmdlets of an assembly; a filter of null takes every one.</summary>
    internal List<CmdletInfo> Add(Assembly assembly, string moduleName, Func<string, bool>? cmdletFilter, Func<string, bool>? aliasFilter)
    {
        List<CmdletInfo> added = [];
        foreach (Type type in assembly.GetTypes())
        {
            if (type.IsAbstract || !typeof(Cmdlet).IsAssignableFrom(type) || type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet)
                continue;

            string name = cmdlet.VerbName + "-" + cmdlet.NounName;
            if (cmdletFilter is not null && !cmdletFilter(name))
                continue;

            CmdletInfo info = new(name, type) { ModuleName = moduleName };
            cmdlets[name] = info;
            added.Add(info);
            foreach (string alias in type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])
            {
                if (aliasFilter is null || aliasFilter(alias))
                    aliases[alias] = name;
            }
        }

        return added;
    }

    internal CmdletInfo Find(string name)
    {
        string target = aliases.GetValueOrDefault(name, name);
        target = target[(target.LastIndexOf('\\') + 1)..];
        return cmdlets.GetValueOrDefault(target) ?? throw CommandNotFoundException.For(name);
    }

    internal bool TryFind(string name, out CmdletInfo? info) => cmdlets.TryGetValue(aliases.GetValueOrDefault(name, name), out info);
}
