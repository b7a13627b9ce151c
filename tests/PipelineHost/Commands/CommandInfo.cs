namespace System.Management.Automation;

/// <summary>A command that can be named.</summary>
public abstract class CommandInfo
{
    internal CommandInfo(string name, CommandTypes commandType)
    {
        Name = name;
        CommandType = commandType;
    }

    public CommandTypes CommandType { get; }

    public abstract string Definition { get; }

    public string ModuleName { get; internal set; } = string.Empty;

    public string Name { get; }

    public virtual string Source => ModuleName;

    public override string ToString() => Name;
}
