using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacvtapTools.Completion;

/// <summary>Completes libvirt's names of network cards, the usual ones.</summary>
public class LibvirtModelCompleter : IArgumentCompleter
{
    private static readonly (string Name, string ToolTip)[] _models =
    [
        ("virtio", "paravirtual: the fastest, with several queues"),
        ("virtio-non-transitional", "paravirtual, virtio 1.0 and later only"),
        ("virtio-transitional", "paravirtual, for old guests too"),
        ("e1000e", "Intel 82574, for guests without virtio"),
        ("e1000", "Intel 82540EM"),
        ("igb", "Intel 82576"),
        ("rtl8139", "Realtek, for very old guests"),
        ("vmxnet3", "VMware's paravirtual card"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Unquote(wordToComplete);
        return [.. _models.Where(m => m.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(m => Completions.Result(m.Name, m.ToolTip))];
    }
}
