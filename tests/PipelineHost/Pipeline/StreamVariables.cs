using System.Collections;
using System.Management.Automation;
using MacvtapTools.PipelineHost.Binding;

namespace MacvtapTools.PipelineHost.Pipeline;

/// <summary>-ErrorVariable, -WarningVariable, -InformationVariable, -OutVariable and -PipelineVariable; a leading + appends.</summary>
internal sealed class StreamVariables(Session session, BindingState state)
{
    internal void Start()
    {
        foreach (string? name in (string?[])[state.Common.ErrorVariable, state.Common.WarningVariable, state.Common.InformationVariable, state.Common.OutVariable])
        {
            if (!string.IsNullOrEmpty(name) && !(name[0] == '+' && session.Variables.GetValueOrDefault(name[1..]) is ArrayList))
                session.Variables[name.TrimStart('+')] = new ArrayList();
        }
    }

    internal void Error(ErrorRecord record) => Append(state.Common.ErrorVariable, record);

    internal void Warning(WarningRecord record) => Append(state.Common.WarningVariable, record);

    internal void Information(InformationRecord record) => Append(state.Common.InformationVariable, record);

    internal void Output(object? value)
    {
        Append(state.Common.OutVariable, value);
        if (!string.IsNullOrEmpty(state.Common.PipelineVariable))
            session.Variables[state.Common.PipelineVariable] = value;
    }

    private void Append(string? name, object? value)
    {
        if (!string.IsNullOrEmpty(name) && session.Variables.GetValueOrDefault(name.TrimStart('+')) is ArrayList list && !list.Contains(value))
            list.Add(value);
    }
}
