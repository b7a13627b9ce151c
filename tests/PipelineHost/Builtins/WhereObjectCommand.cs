using System.Management.Automation;
using System.Text.RegularExpressions;
using MacvtapTools.PipelineHost.Parsing;

namespace Microsoft.PowerShell.Commands;

/// <summary>Lets the objects pass whose property compares.</summary>
[Cmdlet("Where", "Object", DefaultParameterSetName = "EqualSet")]
[Alias("?", "where")]
public sealed class WhereObjectCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Property { get; set; } = string.Empty;

    [Parameter(Position = 1)]
    public object? Value { get; set; }

    [Parameter]
    [Alias("IEQ")]
    public SwitchParameter EQ { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "NotEqualSet")]
    [Alias("INE")]
    public SwitchParameter NE { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "GreaterThanSet")]
    public SwitchParameter GT { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "GreaterOrEqualSet")]
    public SwitchParameter GE { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LessThanSet")]
    public SwitchParameter LT { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LessOrEqualSet")]
    public SwitchParameter LE { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LikeSet")]
    public SwitchParameter Like { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "NotLikeSet")]
    public SwitchParameter NotLike { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "MatchSet")]
    public SwitchParameter Match { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "NotMatchSet")]
    public SwitchParameter NotMatch { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ContainsSet")]
    public SwitchParameter Contains { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "NotContainsSet")]
    public SwitchParameter NotContains { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "InSet")]
    public SwitchParameter In { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "NotInSet")]
    public SwitchParameter NotIn { get; set; }

    private bool Compares => MyInvocation.BoundParameters.ContainsKey(nameof(Value));

    protected override void ProcessRecord()
    {
        object? actual = MemberNode.Read(InputObject, Property);
        if (Compares ? Passes(actual) : LanguagePrimitives.IsTrue(actual))
            WriteObject(InputObject);
    }

    private static bool Same(object? a, object? b) => LanguagePrimitives.Equals(a, b, ignoreCase: true);

    private static bool Holds(object? list, object? item) =>
        LanguagePrimitives.GetEnumerable(list) is { } items ? items.Cast<object?>().Any(i => Same(i, item)) : Same(list, item);

    private bool Passes(object? actual) => ParameterSetName switch
    {
        "NotEqualSet" => !Same(actual, Value),
        "GreaterThanSet" => LanguagePrimitives.Compare(actual, Value, ignoreCase: true) > 0,
        "GreaterOrEqualSet" => LanguagePrimitives.Compare(actual, Value, ignoreCase: true) >= 0,
        "LessThanSet" => LanguagePrimitives.Compare(actual, Value, ignoreCase: true) < 0,
        "LessOrEqualSet" => LanguagePrimitives.Compare(actual, Value, ignoreCase: true) <= 0,
        "LikeSet" => IsLike(actual),
        "NotLikeSet" => !IsLike(actual),
        "MatchSet" => IsMatch(actual),
        "NotMatchSet" => !IsMatch(actual),
        "ContainsSet" => Holds(actual, Value),
        "NotContainsSet" => !Holds(actual, Value),
        "InSet" => Holds(Value, actual),
        "NotInSet" => !Holds(Value, actual),
        _ => Same(actual, Value),
    };

    private bool IsLike(object? actual) =>
        new WildcardPattern(LanguagePrimitives.ToText(Value), WildcardOptions.IgnoreCase).IsMatch(LanguagePrimitives.ToText(actual));

    private bool IsMatch(object? actual) =>
        Regex.IsMatch(LanguagePrimitives.ToText(actual), LanguagePrimitives.ToText(Value), RegexOptions.IgnoreCase);
}
