using System.Text.Json;
using MacvtapTools.Forwarding;
using Xunit;

namespace MacvtapTools.Tests.Forwarding;

/// <summary>The model against what packet sockets saw on a real kernel: every cell of the recorded matrix.</summary>
public sealed class MeasuredMatrixTests
{
    private const int A = 0;
    private const int B = 1;
    private const int Host = 2;
    private const int Outside = 3;

    private static readonly string[] Names = ["A", "B", "lower", "outside"];

    [Fact]
    public void The_model_says_what_was_seen()
    {
        using JsonDocument data = JsonDocument.Parse(TestData.Text("forwarding-measured.json"));
        int compared = 0;
        var differences = new List<string>();
        foreach (JsonElement cell in data.RootElement.GetProperty("cells").EnumerateArray())
        {
            bool relay = cell.GetProperty("relay").GetBoolean();
            LinkMode a = Mode(cell, "modeA");
            LinkMode b = Mode(cell, "modeB");
            ForwardingModel model = Scenes.Model(Scene(relay, a, b));
            foreach (JsonProperty flow in cell.GetProperty("seen").EnumerateObject())
            {
                SceneFrame frame = Frame(model, flow.Name);
                for (int to = A; to <= Outside; to++)
                {
                    if (!IsMeasured(frame, to, a)) continue;
                    bool seen = WasSeen(flow.Value, to);
                    Verdict verdict = model.Decide(frame, to);
                    compared++;
                    if (verdict.Reachable != (seen ? Reachability.Delivered : Reachability.NotDelivered))
                        differences.Add($"relay {relay}, {a} to {b}, {flow.Name}, {Names[to]}: {verdict}, seen {seen}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.Equal((32 * 8 * 4) - (32 * 2) - 16, compared);
    }

    private static LinkMode Mode(JsonElement cell, string property) => Enum.Parse<LinkMode>(cell.GetProperty(property).GetString()!, ignoreCase: true);

    /// <summary>As it was measured: a source-mode A allows the outside host, a source-mode B allows A.</summary>
    private static ForwardingScene Scene(bool relay, LinkMode a, LinkMode b)
    {
        SceneLink[] links = [.. Scenes.Links(a, b)];
        return Scenes.Of(
            Scenes.Bridge(relay),
            links[A] with { Sources = a == LinkMode.Source ? [Scenes.OutsideAddress] : [] },
            links[B] with { Sources = b == LinkMode.Source ? [links[A].Address] : [] });
    }

    private static SceneFrame Frame(ForwardingModel model, string flow) => flow switch
    {
        "uni" => model.Frame(A, B, TrafficKind.Unicast),
        "bc" => model.Frame(A, B, TrafficKind.Broadcast),
        "a2low" => model.Frame(A, Host, TrafficKind.Unicast),
        "low2a" => model.Frame(Host, A, TrafficKind.Unicast),
        "lowbc" => model.Frame(Host, A, TrafficKind.Broadcast),
        "ext2b" => model.Frame(Outside, B, TrafficKind.Unicast),
        "extbc" => model.Frame(Outside, A, TrafficKind.Broadcast),
        "a2ext" => model.Frame(A, Outside, TrafficKind.Unicast),
        _ => throw new ArgumentException($"The flow {flow} is not known."),
    };

    /// <summary>
    /// What the host outside sends itself says nothing of what it receives; and a returned broadcast of a private or source link passes the sockets of the
    /// lower device before macvlan consumes it, so that they cannot tell whether the host's stack got it (the kernel tests can).
    /// </summary>
    private static bool IsMeasured(in SceneFrame frame, int to, LinkMode mode) =>
        !(frame.Sender == Outside && to == Outside)
        && !(to == Host && frame.Sender == A && frame.Kind == TrafficKind.Broadcast && mode is LinkMode.Private or LinkMode.Source);

    private static bool WasSeen(JsonElement seen, int to) =>
        seen.TryGetProperty(Names[to], out JsonElement types) && types.EnumerateArray().Any(t => to != Host || t.GetString() != "otherhost");
}
