namespace MacvtapTools.Tour.Transcript;

/// <summary>What a line of tour.ps1 is.</summary>
internal enum ScriptLineKind
{
    Blank,
    Comment,
    Statement,
}
