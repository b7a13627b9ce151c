namespace SampleCmdlets;

/// <summary>Flags.</summary>
[Flags]
public enum SampleFlags
{
    None = 0,
    Up = 1,
    Running = 2,
    Promiscuous = 4,
}
