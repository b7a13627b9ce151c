using System.Globalization;
using System.Management.Automation;

namespace MacvtapTools.Commands;

/// <summary>Takes a number for seconds, where PowerShell alone would take it for units of 100 nanoseconds, and a text of digits for days.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is negative, or longer than a TimeSpan can be.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        double? seconds = plain switch
        {
            TimeSpan span => span.TotalSeconds,
            byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToDouble(plain, CultureInfo.InvariantCulture),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => span.TotalSeconds,
            _ => null,
        };
        return seconds switch
        {
            null => inputData,
            >= 0 and < 922_337_203_685 => TimeSpan.FromSeconds(seconds.Value),
            _ => throw new ArgumentTransformationMetadataException($"'{plain}' is no length of time: it takes seconds from 0 on, or a TimeSpan."),
        };
    }
}
