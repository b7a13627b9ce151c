using System.Globalization;
using System.Text.Json;
using MacvtapTools.Kernel.Tests;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>The namespace that every scenario finds, and what its placeholders stand for.</summary>
internal sealed class ScenarioLab : IDisposable
{
    private const int Indexes = 3;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private readonly Lab _lab = new();
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private OpenVswitch? _switch;

    /// <summary>Makes the namespace.</summary>
    internal ScenarioLab()
    {
        Requires.Kind("veth");
        Requires.Kind("bridge");
        Namespace = Make("lab.batch");
        _values["ns"] = Namespace;
        for (int i = 1; i <= Indexes; i++)
            _values[$"i{i}"] = Lab.NewIndex().ToString(CultureInfo.InvariantCulture);
        WaitForPorts();
    }

    /// <summary>The namespace's name.</summary>
    internal string Namespace { get; }

    /// <summary>The second namespace; made when it is first asked for.</summary>
    internal string Other => Value("other", () => Make("other.batch"));

    /// <summary>An index of the lab's own, from 1 on.</summary>
    internal int Index(int number) => int.Parse(_values[$"i{number}"], CultureInfo.InvariantCulture);

    /// <summary>Puts the values in.</summary>
    internal string Fill(string text)
    {
        string filled = text;
        if (text.Contains("{other}", StringComparison.Ordinal)) _ = Other;
        if (text.Contains("{new}", StringComparison.Ordinal)) _ = Value("new", _lab.NewName);
        if (text.Contains("{new2}", StringComparison.Ordinal)) _ = Value("new2", _lab.NewName);
        if (text.Contains("{dir}", StringComparison.Ordinal)) _ = Value("dir", _lab.NewDirectory);
        if (text.Contains("{ovs}", StringComparison.Ordinal)) _ = Value("ovs", () => (_switch = new OpenVswitch(_lab, Namespace)).Directory);
        foreach ((string name, string value) in _values)
            filled = filled.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return filled;
    }

    public void Dispose()
    {
        _switch?.Dispose();
        _lab.Dispose();
    }

    private string Value(string name, Func<string> make)
    {
        if (!_values.TryGetValue(name, out string? value))
            _values[name] = value = make();
        return value;
    }

    private string Make(string batch)
    {
        string name = _lab.NewNamespace();
        Programs.Run("ip", "-n", name, "-batch", Path.Combine(ScenarioFile.Folder, batch));
        return name;
    }

    /// <summary>The kernel tells a bridge of a port's carrier some time after both ends are up.</summary>
    private void WaitForPorts()
    {
        long start = Environment.TickCount64;
        while (!Lab.IpJson(Namespace, "link show master br0").EnumerateArray().All(IsForwarding))
        {
            if (Environment.TickCount64 - start > _patience.TotalMilliseconds)
                throw new TimeoutException("The lab's bridge ports do not forward.");
            Thread.Sleep(5);
        }
    }

    private static bool IsForwarding(JsonElement port) =>
        port.GetProperty("linkinfo").GetProperty("info_slave_data").GetProperty("state").GetString() == "forwarding" && port.GetProperty("operstate").GetString() == "UP";
}
