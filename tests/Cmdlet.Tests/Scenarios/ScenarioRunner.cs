using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MacvtapTools.Kernel.Tests;
using MacvtapTools.PipelineHost;
using Xunit;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>Runs one scenario in the stand-in and compares everything that it gave.</summary>
internal sealed class ScenarioRunner(Scenario scenario)
{
    private const string Pattern = "match:";
    private readonly List<string> _differences = [];

    internal void Run()
    {
        if (scenario.Only is { } why)
            Assert.Skip($"Only a real shell can run it: {why}");
        foreach (string need in scenario.Needs)
        {
            if (need == "openvswitch") OpenVswitch.Require();
            else Requires.Kind(need);
        }

        using ScenarioLab lab = new();
        string script = lab.Fill(Scenario.Lines(scenario.Script));
        Shell shell = ShippedModule.NewShell(scenario.Answer is { } answer ? Enum.Parse<PromptAnswer>(answer) : null);
        ShellResult result = shell.Invoke(script);

        CompareOutput(lab, "output", scenario.Output, result.Output);
        CompareErrors(lab, result.Errors);
        CompareTexts(lab, "warning", scenario.Warnings, result.Warnings);
        CompareTexts(lab, "what-if text", scenario.WhatIf, result.WhatIf);
        CompareTexts(lab, "prompt", scenario.Prompts, [.. result.Prompts.Select(p => p.Message)]);
        if (scenario.Stops != result.TerminatingException is ActionPreferenceStopException)
            _differences.Add($"stops: expected {scenario.Stops}, and it ended with {result.TerminatingException?.GetType().Name ?? "nothing"}");
        if (scenario.Then is { } then)
        {
            ShellResult later = shell.Invoke(lab.Fill(Scenario.Lines(then)));
            CompareOutput(lab, "after", scenario.After, later.Output);
            _differences.AddRange(later.Errors.Select(e => $"looking afterwards failed: {e.FullyQualifiedErrorId}: {e}"));
        }

        if (_differences.Count > 0)
            Assert.Fail($"{script}\n\n{string.Join('\n', _differences)}\n\nIt gave:\n{Describe(result)}");
    }

    private void CompareOutput(ScenarioLab lab, string what, JsonElement[] expected, IReadOnlyList<object?> actual)
    {
        if (what == "output" && scenario.Count is { } count)
        {
            if (actual.Count != count) _differences.Add($"{what}: expected {count} objects, got {actual.Count}");
            return;
        }

        if (expected.Length != actual.Count)
        {
            _differences.Add($"{what}: expected {expected.Length} objects, got {actual.Count}: {string.Join(", ", actual.Select(Text))}");
            return;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].ValueKind != JsonValueKind.Object)
            {
                Compare($"{what}[{i}]", lab.Fill(expected[i].ToString()), Text(actual[i]));
                continue;
            }

            foreach (JsonProperty property in expected[i].EnumerateObject())
                Compare($"{what}[{i}].{property.Name}", lab.Fill(property.Value.ToString()), Text(Read(actual[i], property.Name)));
        }
    }

    private void CompareErrors(ScenarioLab lab, IReadOnlyList<ErrorRecord> actual)
    {
        if (scenario.Errors.Length != actual.Count)
        {
            _differences.Add($"errors: expected {scenario.Errors.Length}, got {actual.Count}: {string.Join(", ", actual.Select(e => $"{e.FullyQualifiedErrorId} ({e})"))}");
            return;
        }

        for (int i = 0; i < actual.Count; i++)
        {
            (ExpectedError expected, ErrorRecord record) = (scenario.Errors[i], actual[i]);
            Compare($"errors[{i}].id", expected.FullId, record.FullyQualifiedErrorId);
            Compare($"errors[{i}].category", expected.Category, record.CategoryInfo.Category.ToString());
            if (expected.Advice is { } advice) Contains($"errors[{i}].advice", lab.Fill(advice), record.ErrorDetails?.RecommendedAction ?? string.Empty);
            if (expected.Message is { } message) Contains($"errors[{i}].message", lab.Fill(message), record.ToString());
            if (expected.Target is { } target) Compare($"errors[{i}].target", lab.Fill(target), Text(record.TargetObject));
        }
    }

    private void CompareTexts(ScenarioLab lab, string what, string[] expected, IReadOnlyList<string> actual)
    {
        if (expected.Length != actual.Count)
        {
            _differences.Add($"{what}s: expected {expected.Length}, got {actual.Count}: {string.Join(" | ", actual)}");
            return;
        }

        for (int i = 0; i < expected.Length; i++) Contains($"{what} {i}", lab.Fill(expected[i]), actual[i]);
    }

    private void Compare(string what, string expected, string actual)
    {
        bool isSame = expected.StartsWith(Pattern, StringComparison.Ordinal)
            ? Regex.IsMatch(actual, $"^(?:{expected[Pattern.Length..]})$", RegexOptions.CultureInvariant)
            : expected == actual;
        if (!isSame) _differences.Add($"{what}: expected '{expected}', got '{actual}'");
    }

    private void Contains(string what, string expected, string actual)
    {
        if (!actual.Contains(expected, StringComparison.Ordinal)) _differences.Add($"{what}: expected to find '{expected}' in '{actual}'");
    }

    private static object? Read(object? value, string property) =>
        property == "@type" ? PSObject.AsPSObject(value!).BaseObject.GetType().FullName : PSObject.AsPSObject(value!).Properties[property]?.Value;

    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => string.Empty,
        string text => text,
        IDictionary table => table.ToString()!,
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(Text)),
        var one => Convert.ToString(one, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string Describe(ShellResult result)
    {
        StringBuilder text = new();
        foreach (StreamRecord record in result.Records)
            text.Append(CultureInfo.InvariantCulture, $"  {record.Kind}: {(record.Value is ErrorRecord e ? $"{e.FullyQualifiedErrorId} [{e.CategoryInfo.Category}] {e} Advice: {e.ErrorDetails?.RecommendedAction}" : Text(record.Value))}\n");
        return text.ToString();
    }
}
