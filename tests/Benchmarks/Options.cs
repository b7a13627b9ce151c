using System.Globalization;

namespace MacvtapTools.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Filter">Only suites whose name contains this; null for all.</param>
/// <param name="Rounds">How often each thing is measured.</param>
/// <param name="JsonFile">Where to write the figures, or null.</param>
/// <param name="MarkdownFile">The page whose part between the two figure marks is to be replaced, or null.</param>
/// <param name="IsLong">Whether what takes minutes is measured in full.</param>
internal sealed record Options(string? Filter, int Rounds, string? JsonFile, string? MarkdownFile, bool IsLong)
{
    internal const string Usage = "usage: Benchmarks [filter] [--rounds N] [--json file] [--markdown file] [--long]";

    /// <summary>Reads the command line, or gives null where it cannot be understood.</summary>
    internal static Options? Parse(string[] arguments)
    {
        var options = new Options(null, 7, null, null, false);
        for (int i = 0; i < arguments.Length; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--json" when value is not null:
                    options = options with { JsonFile = value };
                    i++;
                    break;
                case "--markdown" when value is not null:
                    options = options with { MarkdownFile = value };
                    i++;
                    break;
                case "--long":
                    options = options with { IsLong = true };
                    break;
                case { } filter when !filter.StartsWith('-') && options.Filter is null:
                    options = options with { Filter = filter };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
