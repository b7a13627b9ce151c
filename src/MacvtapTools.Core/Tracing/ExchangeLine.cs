namespace MacvtapTools.Tracing;

/// <summary>What a line of the log tells.</summary>
internal enum ExchangeLineKind
{
    /// <summary>An exchange, in one line.</summary>
    Exchange,

    /// <summary>A datagram with all its attributes, in many lines.</summary>
    Message,
}

/// <summary>A line of the log.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Text">The text.</param>
internal readonly record struct ExchangeLine(ExchangeLineKind Kind, string Text);
