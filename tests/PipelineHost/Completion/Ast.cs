namespace System.Management.Automation.Language;

/// <summary>A piece of syntax. The stand-in gives its text and nothing below it.</summary>
public abstract class Ast
{
    private readonly string text;

    private protected Ast(string text) => this.text = text;

    public Ast? Parent => null;

    public override string ToString() => text;
}
