namespace MacvtapTools.Tracing;

/// <summary>An attribute as the kernel's headers call it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name in C.</param>
/// <param name="Format">How its bytes are written down.</param>
/// <param name="Inner">The scope of the attributes in it, where it holds some.</param>
internal sealed record AttributeName(int Number, string Name, AttributeFormat Format, AttributeScope? Inner = null);
