using System.Collections;
using System.Management.Automation;
using MacvtapTools.Failures;

namespace MacvtapTools.Commands;

/// <summary>Options of a card, as users write them: a hashtable.</summary>
internal static class GuestOptions
{
    /// <summary>Reads them, in the order of their names where the table has none.</summary>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>.</exception>
    internal static Dictionary<string, object> Read(IDictionary? table)
    {
        Dictionary<string, object> options = new(StringComparer.Ordinal);
        IEnumerable<DictionaryEntry> entries = (table ?? new Hashtable()).Cast<DictionaryEntry>();
        foreach (DictionaryEntry entry in table is Hashtable ? entries.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal) : entries)
        {
            string name = entry.Key.ToString()!;
            if (name is "id" or "netdev" or "mac" or "mq" or "driver" || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
                throw new MacvtapException(FailureId.ParameterInvalid, $"'{name}' cannot be given as an option of the card.", "id, mac and mq have parameters of their own; qemu-system-x86_64 -device virtio-net-pci,help lists the others.", name);
            options[name] = (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) switch
            {
                bool isOn => isOn,
                SwitchParameter isOn => isOn.IsPresent,
                sbyte or byte or short or ushort or int or uint or long => LanguagePrimitives.ConvertTo<long>(entry.Value),
                _ => LanguagePrimitives.ConvertTo<string>(entry.Value) ?? string.Empty,
            };
        }

        return options;
    }
}
