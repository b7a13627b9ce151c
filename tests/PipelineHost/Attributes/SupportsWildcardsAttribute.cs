using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Says that a parameter takes wildcards; changes nothing in binding.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SupportsWildcardsAttribute : ParsingBaseAttribute;
