using MacvtapTools.Links;
using Xunit;

namespace MacvtapTools.Kernel.Tests.Links;

/// <summary>What is told of physical devices: this machine's own are read here, and never changed.</summary>
public sealed class PhysicalLinkTests
{
    [Fact]
    public void A_device_is_what_sysfs_says()
    {
        using LinkSession session = LinkSession.Open();
        PhysicalLink[] devices = [.. session.Reader.List().Links.OfType<PhysicalLink>().Where(l => Directory.Exists($"/sys/class/net/{l.Name}/device"))];
        if (devices.Length == 0) Assert.Skip("This machine has no physical network device in the current network namespace.");
        foreach (PhysicalLink device in devices)
        {
            string path = $"/sys/class/net/{device.Name}";
            Assert.Null(device.Kind);
            Assert.Equal(Target($"{path}/device/driver"), device.Driver);
            Assert.Equal($"{Target($"{path}/device/subsystem")} {Target($"{path}/device")}", device.Bus);
            Assert.Equal(Text($"{path}/speed") is { } speed && int.Parse(speed) > 0 ? int.Parse(speed) : null, device.Speed);
            Assert.Equal(Text($"{path}/duplex") is "full" ? Duplex.Full : Text($"{path}/duplex") is "half" ? Duplex.Half : null, device.Duplex);
        }
    }

    [Fact]
    public void What_the_kernel_made_is_no_device()
    {
        using LinkBench bench = new();
        bench.Create();
        Assert.Empty(bench.Session.Reader.List().Links.OfType<PhysicalLink>());
    }

    private static string? Target(string path) => Path.GetFileName(new DirectoryInfo(path).LinkTarget);

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
