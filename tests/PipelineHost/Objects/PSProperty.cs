using System.Reflection;

namespace System.Management.Automation;

/// <summary>A property or field of the .NET object.</summary>
public class PSProperty : PSPropertyInfo
{
    private readonly object target;
    private readonly MemberInfo member;

    internal PSProperty(object target, MemberInfo member)
    {
        this.target = target;
        this.member = member;
        SetMemberName(member.Name);
    }

    public override bool IsGettable => member is not PropertyInfo property || property.GetMethod is { IsPublic: true };

    public override bool IsSettable => member is PropertyInfo property ? property.SetMethod is { IsPublic: true } : !((FieldInfo)member).IsInitOnly;

    public override PSMemberTypes MemberType => PSMemberTypes.Property;

    public override string TypeNameOfValue => ValueType.FullName ?? ValueType.Name;

    public override object? Value
    {
        get
        {
            try
            {
                return member is PropertyInfo property ? property.GetValue(target) : ((FieldInfo)member).GetValue(target);
            }
            catch (TargetInvocationException failure)
            {
                throw new RuntimeException($"Exception getting \"{Name}\": \"{failure.InnerException!.Message}\"", failure.InnerException);
            }
        }

        set
        {
            object? converted = LanguagePrimitives.ConvertTo(value, ValueType);
            if (member is PropertyInfo property)
                property.SetValue(target, converted);
            else
                ((FieldInfo)member).SetValue(target, converted);
        }
    }

    private Type ValueType => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    public override PSMemberInfo Copy() => new PSProperty(target, member);

    public override string ToString() => $"{TypeNameOfValue} {Name} {{{(IsGettable ? "get;" : "")}{(IsSettable ? "set;" : "")}}}";
}
