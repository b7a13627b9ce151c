using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using MacvtapTools.Route;

namespace MacvtapTools.Completion;

/// <summary>Completes a MAC address for a link or a guest: a new one, which is locally administered and begins as those of guests do.</summary>
public class NewMacAddressCompleter : IArgumentCompleter
{
    private static readonly byte[] _guest = [0x52, 0x54, 0x00];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string address = HardwareAddress.Format([.. _guest, .. RandomNumberGenerator.GetBytes(HardwareAddress.EthernetLength - _guest.Length)])!;
        return Completions.Matcher(wordToComplete)(address) ? [Completions.Result(address, "a new address, locally administered: another one each time")] : [];
    }
}
