using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MacvtapTools.Interop;

/// <summary>
/// What was asked of the kernel, in words that are put together after the error number was taken. Formatting makes calls of its own that set it: the first number that a process
/// formats lets the runtime ask for a setting in the environment.
/// </summary>
[InterpolatedStringHandler]
internal ref struct OperationText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler, before any part of the text is looked at.</summary>
    public OperationText(int literalLength, int formattedCount)
    {
        Errno = (Errno)Marshal.GetLastPInvokeError();
        _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    /// <summary>The calling thread's last system error.</summary>
    internal Errno Errno { get; }

    public void AppendLiteral(string part) => _text.AppendLiteral(part);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The words. Once only.</summary>
    internal string Take() => _text.ToStringAndClear();
}
