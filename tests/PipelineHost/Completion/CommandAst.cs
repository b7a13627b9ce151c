namespace System.Management.Automation.Language;

/// <summary>The command that is being completed, as text and name.</summary>
public class CommandAst : CommandBaseAst
{
    internal CommandAst(string name, string text)
        : base(text) => Name = name;

    private string Name { get; }

    public string GetCommandName() => Name;
}
