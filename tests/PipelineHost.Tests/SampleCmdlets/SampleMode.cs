namespace SampleCmdlets;

/// <summary>Modes, two of which begin alike.</summary>
public enum SampleMode
{
    Private = 1,
    Vepa = 2,
    Bridge = 4,
    Passthru = 8,
    Source = 16,
}
