namespace MacvtapTools;

/// <summary>Whether a link is switched on (IFF_UP).</summary>
public enum AdministrativeStatus
{
    /// <summary>Switched off.</summary>
    Down = 0,

    /// <summary>Switched on.</summary>
    Up = 1,
}
