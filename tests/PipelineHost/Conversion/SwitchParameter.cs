namespace System.Management.Automation;

/// <summary>A parameter that is there or not.</summary>
public struct SwitchParameter : IEquatable<SwitchParameter>
{
    private readonly bool present;

    public SwitchParameter(bool isPresent) => present = isPresent;

    public static SwitchParameter Present => new(true);

    public readonly bool IsPresent => present;

    public static implicit operator bool(SwitchParameter switchParameter) => switchParameter.present;

    public static implicit operator SwitchParameter(bool value) => new(value);

    public static bool operator ==(SwitchParameter first, SwitchParameter second) => first.present == second.present;

    public static bool operator !=(SwitchParameter first, SwitchParameter second) => first.present != second.present;

    public static bool operator ==(SwitchParameter first, bool second) => first.present == second;

    public static bool operator !=(SwitchParameter first, bool second) => first.present != second;

    public static bool operator ==(bool first, SwitchParameter second) => first == second.present;

    public static bool operator !=(bool first, SwitchParameter second) => first != second.present;

    public readonly bool ToBool() => present;

    public readonly bool Equals(SwitchParameter other) => present == other.present;

    public override readonly bool Equals(object? obj) => obj switch
    {
        bool flag => flag == present,
        SwitchParameter other => other.present == present,
        _ => false,
    };

    public override readonly int GetHashCode() => present.GetHashCode();

    public override readonly string ToString() => present.ToString();
}
