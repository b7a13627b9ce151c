using MacvtapTools.PipelineHost;

namespace System.Management.Automation;

/// <summary>The session's variables, one scope.</summary>
public sealed class PSVariableIntrinsics
{
    private readonly Session session;

    internal PSVariableIntrinsics(Session session) => this.session = session;

    public PSVariable? Get(string name) => session.Variables.TryGetValue(name, out object? value) ? new PSVariable(name, value) : null;

    public object? GetValue(string name) => GetValue(name, null);

    public object? GetValue(string name, object? defaultValue) => session.Variables.TryGetValue(name, out object? value) ? value : defaultValue;

    public void Remove(string name) => session.Variables.Remove(name);

    public void Set(string name, object? value) => session.Variables[name] = value;

    public void Set(PSVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        Set(variable.Name, variable.Value);
    }
}
