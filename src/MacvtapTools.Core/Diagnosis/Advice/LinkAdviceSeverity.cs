namespace MacvtapTools;

/// <summary>How much an advice about a link matters.</summary>
public enum LinkAdviceSeverity
{
    /// <summary>Good to know; it can be meant so.</summary>
    Information,

    /// <summary>Something will not work as one expects.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Error,
}
