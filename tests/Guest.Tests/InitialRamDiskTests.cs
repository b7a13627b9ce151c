using MacvtapTools.Kernel.Tests;
using MacvtapTools.Samples;
using Xunit;

namespace MacvtapTools.Guest.Tests;

/// <summary>The archive that guests start from, read by another program.</summary>
public sealed class InitialRamDiskTests
{
    [Fact]
    public void Busybox_unpacks_what_was_packed()
    {
        GuestRequires.Program("busybox");
        InitialRamDisk disk = new();
        disk.AddDirectory("etc");
        for (int length = 0; length < 5; length++) // every padding
            disk.AddFile($"etc/file{new string('x', length)}", new byte[length]);
        disk.AddFile("init", "#!/bin/sh\n"u8.ToArray());
        string folder = Directory.CreateTempSubdirectory("mvtt-cpio-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "archive"), disk.ToArray());
            Programs.Run("sh", "-c", $"cd {folder} && busybox cpio -i < archive");
            Assert.Equal("#!/bin/sh\n", File.ReadAllText(Path.Combine(folder, "init")));
            Programs.Run("test", "-x", Path.Combine(folder, "init"));
            Assert.Equal([0L, 1, 2, 3, 4], Directory.GetFiles(Path.Combine(folder, "etc")).Order(StringComparer.Ordinal).Select(path => new FileInfo(path).Length));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
