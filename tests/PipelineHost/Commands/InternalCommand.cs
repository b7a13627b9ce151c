namespace System.Management.Automation.Internal;

/// <summary>Base of every cmdlet.</summary>
public abstract class InternalCommand
{
    internal InternalCommand()
    {
    }

    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;
}
