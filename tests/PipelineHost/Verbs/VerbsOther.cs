namespace System.Management.Automation;

/// <summary>Approved verbs, as the standard library spells them.</summary>
public static class VerbsOther
{
    public const string Use = "Use";
}
