using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace MacvtapTools.PipelineHost.Binding;

/// <summary>A parameter: its names, its type, its attributes, and the sets it is in.</summary>
internal sealed class BindableParameter
{
    private readonly MemberInfo member;

    internal BindableParameter(MemberInfo member, ParameterOwner owner, IReadOnlyList<ParameterSetData> sets)
    {
        this.member = member;
        Owner = owner;
        Sets = sets;
        Name = member.Name;
        Type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
        Attribute[] attributes = [.. member.GetCustomAttributes()];
        Aliases = [.. attributes.OfType<AliasAttribute>().SelectMany(a => a.AliasNames)];
        Transformations = [.. attributes.OfType<ArgumentTransformationAttribute>()];
        Validations = [.. attributes.OfType<ValidateArgumentsAttribute>()];
        AllowsNull = attributes.Any(a => a is AllowNullAttribute);
        AllowsEmptyString = attributes.Any(a => a is AllowEmptyStringAttribute);
        AllowsEmptyCollection = attributes.Any(a => a is AllowEmptyCollectionAttribute);
        RefusesNull = attributes.Any(a => a is NullValidationAttributeBase);
        PSTypeName = attributes.OfType<PSTypeNameAttribute>().FirstOrDefault()?.PSTypeName;
        Completer = attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type;
        ElementType = ElementOf(Type);
    }

    internal string Name { get; }

    internal Type Type { get; }

    internal ParameterOwner Owner { get; }

    internal IReadOnlyList<ParameterSetData> Sets { get; }

    internal string[] Aliases { get; }

    internal ArgumentTransformationAttribute[] Transformations { get; }

    internal ValidateArgumentsAttribute[] Validations { get; }

    internal bool AllowsNull { get; }

    internal bool AllowsEmptyString { get; }

    internal bool AllowsEmptyCollection { get; }

    internal bool RefusesNull { get; }

    internal string? PSTypeName { get; }

    internal Type? Completer { get; }

    /// <summary>The element type of an array or list parameter, otherwise null.</summary>
    internal Type? ElementType { get; }

    internal uint Flags => Sets.Aggregate(0u, (flags, s) => flags | s.Flag);

    internal bool InAllSets => Sets.Any(s => s.InAllSets);

    internal bool IsSwitch => Type == typeof(SwitchParameter);

    internal bool IsMandatorySomewhere => Sets.Any(s => s.Attribute.Mandatory);

    internal bool TakesPipelineInputSomewhere => Sets.Any(s => s.TakesPipelineInput);

    internal IEnumerable<ParameterSetData> SetsIn(uint flags) => Sets.Where(s => s.IsIn(flags));

    internal bool TakesPipelineInput(uint flags) => SetsIn(flags).Any(s => s.TakesPipelineInput);

    internal object? Get(object target) => member is PropertyInfo property
        ? property.GetMethod is null ? null : property.GetValue(target)
        : ((FieldInfo)member).GetValue(target);

    internal void Set(object target, object? value)
    {
        if (member is PropertyInfo property)
            property.SetValue(target, value);
        else
            ((FieldInfo)member).SetValue(target, value);
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();

        if (type == typeof(string) || typeof(IDictionary).IsAssignableFrom(type))
            return null;

        if (type.IsGenericType && type.GetGenericArguments() is [var element] && typeof(IEnumerable).IsAssignableFrom(type))
            return element;

        return typeof(IList).IsAssignableFrom(type) ? typeof(object) : null;
    }
}
