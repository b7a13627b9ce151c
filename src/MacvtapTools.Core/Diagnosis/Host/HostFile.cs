namespace MacvtapTools.Diagnosis.Host;

/// <summary>What is at a path.</summary>
/// <param name="IsCharacterDevice">Whether it is a character device.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="Major">The driver of a device.</param>
/// <param name="Minor">The device of that driver.</param>
internal readonly record struct HostFile(bool IsCharacterDevice, bool IsDirectory, uint Major = 0, uint Minor = 0);
