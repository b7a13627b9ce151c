using System.Text;
using MacvtapTools.Failures;

namespace MacvtapTools.Guests;

/// <summary>
/// An argument with placeholders: <c>{fd}</c>, <c>{fds}</c>, <c>{mac}</c>, <c>{name}</c>, <c>{vnethdrsz}</c>, with the number of the tap device behind the word where
/// there are several (<c>{fd2}</c>). A doubled brace stands for the brace.
/// </summary>
internal static class ArgumentTemplate
{
    /// <summary>The words, in the order in which they are told to the user.</summary>
    internal static readonly string[] Words = ["fd", "fds", "mac", "name", "vnethdrsz"];

    /// <summary>Looks whether an argument can be filled in, without any device.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="deviceCount">How many tap devices there will be.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.PlaceholderInvalid"/>.</exception>
    internal static void Check(string argument, int deviceCount) => Walk(argument, deviceCount, static (_, _) => string.Empty);

    /// <summary>Fills an argument in.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="values">What is known of each tap device, in their order.</param>
    /// <exception cref="MacvtapException"><see cref="FailureId.PlaceholderInvalid"/>.</exception>
    internal static string Fill(string argument, IReadOnlyList<PlaceholderValues> values) => Walk(argument, values.Count, (word, device) => word switch
    {
        "fd" => values[device].Descriptors is [int only] ? Number(only) : throw Invalid(
            argument,
            $"{{{word}}} is one descriptor, and {values[device].Name} has {values[device].Descriptors.Count} queues",
            "{fds} has all of them, with colons between."),
        "fds" => string.Join(':', values[device].Descriptors.Select(Number)),
        "mac" => values[device].MacAddress,
        "name" => values[device].Name,
        _ => Number(values[device].VnetHeaderSize),
    });

    /// <summary>A text that comes out of <see cref="Fill"/> as it is.</summary>
    internal static string Escape(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static string Walk(string argument, int deviceCount, Func<string, int, string> find)
    {
        StringBuilder text = new(argument.Length);
        for (int i = 0; i < argument.Length; i++)
        {
            char c = argument[i];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
                continue;
            }

            if (i + 1 < argument.Length && argument[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            int end = c == '{' ? argument.IndexOf('}', i) : -1;
            if (end < 0)
                throw Invalid(argument, $"a single '{c}' at position {i + 1}", "A brace that is meant as such is doubled: {{ and }}.");
            text.Append(Value(argument, argument[(i + 1)..end], deviceCount, find));
            i = end;
        }

        return text.ToString();
    }

    private static string Value(string argument, string placeholder, int deviceCount, Func<string, int, string> find)
    {
        string word = placeholder.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        string number = placeholder[word.Length..];
        if (!Words.Contains(word))
        {
            throw Invalid(
                argument,
                $"the unknown placeholder {{{placeholder}}}",
                $"There are {string.Join(", ", Words.Select(w => $"{{{w}}}"))}, and with several tap devices {{fd1}}, {{fd2}} and so on. A brace that is meant as such is doubled: {{{{ and }}}}.");
        }

        if (number.Length == 0)
        {
            return deviceCount switch
            {
                1 => find(word, 0),
                0 => throw Invalid(argument, $"{{{placeholder}}} without a tap device", "Give -TapDevice."),
                _ => throw Invalid(argument, $"{{{placeholder}}}, which can be any of {deviceCount} tap devices", $"Say which: {{{word}1}} to {{{word}{deviceCount}}}, in the order of -TapDevice."),
            };
        }

        return int.TryParse(number, out int device) && device >= 1 && device <= deviceCount
            ? find(word, device - 1)
            : throw Invalid(argument, $"{{{placeholder}}}, and there {(deviceCount == 1 ? "is 1 tap device" : $"are {deviceCount} tap devices")}", "They count from 1, in the order of -TapDevice.");
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static MacvtapException Invalid(string argument, string what, string advice) =>
        new(FailureId.PlaceholderInvalid, $"The argument '{argument}' has {what}.", advice, argument);
}
