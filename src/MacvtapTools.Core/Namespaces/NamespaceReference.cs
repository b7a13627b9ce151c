using System.Globalization;
using MacvtapTools.Failures;

namespace MacvtapTools.Namespaces;

/// <summary>What a user's text for a network namespace can mean, before anything is looked up.</summary>
internal sealed record NamespaceReference
{
    private const int LongestName = 255; // NAME_MAX

    private NamespaceReference()
    {
    }

    /// <summary>The calling thread's own namespace; everything else here is null.</summary>
    internal static NamespaceReference Current { get; } = new();

    /// <summary>The path of a namespace file, when the text has a '/'.</summary>
    internal string? Path { get; private init; }

    /// <summary>The name of a registered namespace, when the text has no '/'.</summary>
    internal string? Name { get; private init; }

    /// <summary>The process whose namespace is meant, if no namespace has the <see cref="Name"/>: when the text is a number from 1 to 2147483647.</summary>
    internal int? ProcessId { get; private init; }

    /// <summary>Whether the calling thread's own namespace is meant.</summary>
    internal bool IsCurrent => Path is null && Name is null;

    /// <summary>Takes a text apart: nothing or "" is the current namespace, a text with '/' a path, any other a name and, if it is a number, a process id too.</summary>
    /// <param name="text">The user's text.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>: it can be none of these.</exception>
    internal static NamespaceReference Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Current;
        if (text.Contains('\0', StringComparison.Ordinal))
            throw Invalid(text, "it contains a NUL character");
        if (text.Contains('/', StringComparison.Ordinal))
            return new NamespaceReference { Path = text };
        RequireName(text);
        bool isProcess = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int processId) && processId > 0;
        return new NamespaceReference { Name = text, ProcessId = isProcess ? processId : null };
    }

    /// <summary>Requires a text to be a possible name under /run/netns: 1 to 255 bytes of UTF-8, no '/', no NUL, not "." or "..".</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.ParameterInvalid"/>: it cannot be a name.</exception>
    internal static void RequireName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw Invalid(name, "it is empty");
        if (name is "." or "..")
            throw Invalid(name, "it stands for a directory");
        if (name.AsSpan().IndexOfAny('/', '\0') >= 0)
            throw Invalid(name, "it contains a '/' or a NUL character");
        if (System.Text.Encoding.UTF8.GetByteCount(name) > LongestName)
            throw Invalid(name, $"it is longer than {LongestName} bytes");
    }

    private static MacvtapException Invalid(string? name, string why) => new(
        FailureId.ParameterInvalid,
        $"'{name}' cannot be the name of a network namespace: {why}.",
        "Use a name as 'ip netns' has it, the path of a namespace file, or the id of a process.",
        name);
}
