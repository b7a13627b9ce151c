using System.Globalization;

namespace System.Management.Automation.Host;

/// <summary>The program around the engine, as far as a cmdlet can ask for it here.</summary>
public abstract class PSHost
{
    protected PSHost()
    {
    }

    public abstract CultureInfo CurrentCulture { get; }

    public abstract CultureInfo CurrentUICulture { get; }

    public abstract Guid InstanceId { get; }

    public abstract string Name { get; }

    public abstract Version Version { get; }
}
