namespace MacvtapTools.Tests.Netlink;

/// <summary>Folders for files of a test; they go when the process ends.</summary>
internal static class Scratch
{
    private static readonly List<string> Folders = [];

    static Scratch() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folders.ForEach(f => Directory.Delete(f, recursive: true));

    internal static string Create()
    {
        string folder = Directory.CreateTempSubdirectory("macvtaptools-").FullName;
        lock (Folders) Folders.Add(folder);
        return folder;
    }
}
