using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>Makes objects of JSON text; the text may come in lines.</summary>
[Cmdlet("ConvertFrom", "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly StringBuilder text = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => text.AppendLine(InputObject);

    protected override void EndProcessing()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.ToString());
            WriteObject(ToObject(document.RootElement), !NoEnumerate);
        }
        catch (JsonException failure)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException($"Conversion from JSON failed with error: {failure.Message}", failure), "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }

    private static object? ToObject(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(ToObject).ToArray();
            case JsonValueKind.Object:
                PSObject made = new();
                foreach (JsonProperty property in element.EnumerateObject())
                    made.Properties.Add(new PSNoteProperty(property.Name, ToObject(property.Value)));

                return made;
            case JsonValueKind.Number:
                return element.TryGetInt64(out long whole) ? whole : element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            case JsonValueKind.Null:
                return null;
            default:
                return element.GetString();
        }
    }
}
