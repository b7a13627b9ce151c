namespace System.Management.Automation;

/// <summary>No command has that name.</summary>
public class CommandNotFoundException : RuntimeException
{
    public CommandNotFoundException()
    {
    }

    public CommandNotFoundException(string message)
        : base(message)
    {
    }

    public CommandNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public string CommandName { get; set; } = string.Empty;

    private protected override string DefaultErrorId => "CommandNotFoundException";

    private protected override ErrorCategory DefaultCategory => ErrorCategory.ObjectNotFound;

    private protected override object? DefaultTarget => CommandName;

    internal static CommandNotFoundException For(string name) => new(
        $"The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program.{Environment.NewLine}" +
        "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.")
    {
        CommandName = name,
    };
}
