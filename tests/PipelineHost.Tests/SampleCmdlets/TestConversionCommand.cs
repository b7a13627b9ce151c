using System.Collections;
using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Parameters of many types; gives what each became.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Conversion")]
public sealed class TestConversionCommand : PSCmdlet
{
    [Parameter]
    public int Int { get; set; }

    [Parameter]
    public ushort Short { get; set; }

    [Parameter]
    public long? Long { get; set; }

    [Parameter]
    public double Real { get; set; }

    [Parameter]
    public int[] Ints { get; set; } = [];

    [Parameter]
    public List<int> IntList { get; set; } = [];

    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public string[] Texts { get; set; } = [];

    [Parameter]
    public SampleMode Mode { get; set; }

    [Parameter]
    public SampleMode[] Modes { get; set; } = [];

    [Parameter]
    public SampleFlags Flags { get; set; }

    [Parameter]
    public bool Bool { get; set; }

    [Parameter]
    public SwitchParameter Given { get; set; }

    [Parameter]
    [ValidateRange(1, 10)]
    public int Small { get; set; }

    [Parameter]
    [ValidateSet("red", "green")]
    public string? Color { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filled { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? AllFilled { get; set; }

    [Parameter]
    [ValidateCount(1, 2)]
    public int[]? Pair { get; set; }

    [Parameter]
    [ValidateLength(2, 3)]
    public string? Short3 { get; set; }

    [Parameter]
    [ValidatePattern("^a+$")]
    public string? Pattern { get; set; }

    [Parameter]
    [Doubling]
    public string? Doubled { get; set; }

    [Parameter]
    public System.Net.IPAddress? Address { get; set; }

    [Parameter]
    public TimeSpan Span { get; set; }

    [Parameter]
    public Hashtable? Table { get; set; }

    [Parameter]
    public object? Anything { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string name in MyInvocation.BoundParameters.Keys.Order(StringComparer.Ordinal))
        {
            if (GetType().GetProperty(name) is { } property && property.DeclaringType == GetType())
                WriteObject($"{name}={Describe(property.GetValue(this))}");
        }
    }

    private static string Describe(object? value) => value switch
    {
        null => "<null>",
        string text => $"'{text}'",
        IDictionary table => "{" + string.Join(",", table.Keys.Cast<object>().Select(k => $"{k}={table[k]}").Order()) + "}",
        IEnumerable list => "[" + string.Join(",", list.Cast<object?>().Select(Describe)) + "]",
        PSObject wrapped => Describe(wrapped.BaseObject),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture) + ":" + value.GetType().Name,
        _ => value + ":" + value.GetType().Name,
    };
}
