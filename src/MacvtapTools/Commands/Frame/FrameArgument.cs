using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MacvtapTools.Errors;
using MacvtapTools.Failures;
using MacvtapTools.Frames;

namespace MacvtapTools.Commands;

/// <summary>Frames as users give them: objects, bytes, hex text, or what became of a frame on its way through JSON or to another process.</summary>
internal static class FrameArgument
{
    /// <summary>The frames of a parameter's value. An array of numbers is one frame.</summary>
    /// <exception cref="MacvtapException">FrameInvalid.</exception>
    internal static IEnumerable<EthernetFrame> Frames(object[] values) => values.Length > 0 && values.All(IsNumber) ? [FrameBuilder.FromBytes(Bytes(values))] : values.SelectMany(Frames);

    /// <summary>Bytes as numbers, an array, or hex text.</summary>
    /// <exception cref="MacvtapException">FrameInvalid.</exception>
    internal static byte[] Bytes(object? value) => Base(value) switch
    {
        null => [],
        byte[] bytes => (byte[])bytes.Clone(),
        string text => FrameText.Parse(text),
        IEnumerable list when list.Cast<object?>().All(IsNumber) => [.. list.Cast<object?>().Select(Number)],
        IEnumerable list => [.. list.Cast<object?>().SelectMany(Bytes)],
        var one when IsNumber(one) => [Number(one)],
        var other => throw Invalid(other),
    };

    /// <summary>Ends the pipeline where an array of bytes came through it one by one.</summary>
    internal static void RefuseSingleByte(Cmdlet cmdlet, object[] values)
    {
        if (values is not [var single] || !IsNumber(single)) return;
        cmdlet.ThrowTerminatingError(ErrorRecords.From(new MacvtapException(
            FailureId.FrameInvalid,
            "A single byte is no frame. Through a pipe the bytes of an array come one by one.",
            "Put a comma before the array, ',$bytes | ...', or give it as an argument.",
            single)));
    }

    private static IEnumerable<EthernetFrame> Frames(object? value)
    {
        switch (Base(value))
        {
            case EthernetFrame frame:
                return [frame];
            case byte[] or string:
                return [FrameBuilder.FromBytes(Bytes(value))];
            case IEnumerable list:
                return Frames([.. list.Cast<object>()]);
            default:
                PSObject wrapped = PSObject.AsPSObject(value ?? throw Invalid(null));
                if (wrapped.Properties[nameof(EthernetFrame.Bytes)]?.Value is not { } content) throw Invalid(value);
                byte[] bytes = Bytes(content);
                long time = Property(wrapped, nameof(EthernetFrame.UnixTimeNanoseconds)) ?? FrameBuilder.Now;
                int original = (int)Math.Clamp(Property(wrapped, nameof(EthernetFrame.OriginalLength)) ?? bytes.Length, bytes.Length, int.MaxValue);
                var origin = new FrameOrigin(wrapped.Properties[nameof(EthernetFrame.LinkName)]?.Value as string, 0, null);
                return [new EthernetFrame(bytes, original, time, origin, FrameDirection.Unknown)];
        }
    }

    private static long? Property(PSObject value, string name) =>
        Base(value.Properties[name]?.Value) is { } found && IsNumber(found) ? Convert.ToInt64(found, CultureInfo.InvariantCulture) : null;

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static bool IsNumber(object? value) => Base(value) is sbyte or byte or short or ushort or int or uint or long or ulong;

    private static byte Number(object? value)
    {
        long number = Convert.ToInt64(Base(value), CultureInfo.InvariantCulture);
        return number is >= 0 and <= 255 ? (byte)number : throw new MacvtapException(FailureId.FrameInvalid, $"{number} is no byte.", "Bytes are 0 to 255.", value);
    }

    private static MacvtapException Invalid(object? value) => new(
        FailureId.FrameInvalid,
        $"'{value}' is no frame.",
        "Give bytes, hex text, or what New-EthernetFrame, Receive-TapFrame, Watch-LinkFrame and Import-FrameCapture give.",
        value);
}
