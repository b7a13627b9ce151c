using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace MacvtapTools.Cmdlet.Tests;

/// <summary>What users and their scripts see of the module, as text: cmdlets, parameters, types, properties.</summary>
internal static class PublicSurface
{
    private static readonly NullabilityInfoContext _nullability = new();

    internal static string Describe()
    {
        StringBuilder text = new();
        foreach ((string name, Type type) in ShippedModule.Cmdlets) Cmdlet(text, name, type);
        IEnumerable<Type> types = typeof(Link).Assembly.GetExportedTypes().Concat(ShippedModule.Assembly.GetExportedTypes())
            .Where(t => !typeof(System.Management.Automation.Cmdlet).IsAssignableFrom(t))
            .OrderBy(t => t.FullName, StringComparer.Ordinal);
        foreach (Type type in types) PublicType(text, type);
        return text.ToString();
    }

    private static void Cmdlet(StringBuilder text, string name, Type type)
    {
        CmdletAttribute attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        text.Append(CultureInfo.InvariantCulture, $"cmdlet {name}");
        if (attribute.SupportsShouldProcess) text.Append(CultureInfo.InvariantCulture, $" ShouldProcess({attribute.ConfirmImpact})");
        if (attribute.DefaultParameterSetName is { Length: > 0 } set) text.Append(CultureInfo.InvariantCulture, $" default({set})");
        string[] output = [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Name)];
        text.Append(CultureInfo.InvariantCulture, $" -> {(output.Length == 0 ? "nothing" : string.Join(" | ", output.Select(Short)))}\n");
        foreach (PropertyInfo parameter in ShippedModule.Parameters(type)) Parameter(text, parameter);
        text.Append('\n');
    }

    private static void Parameter(StringBuilder text, PropertyInfo parameter)
    {
        text.Append(CultureInfo.InvariantCulture, $"  -{parameter.Name} {Name(parameter.PropertyType)}");
        if (parameter.GetCustomAttribute<AliasAttribute>() is { } alias) text.Append(CultureInfo.InvariantCulture, $" alias({string.Join(", ", alias.AliasNames)})");
        foreach (ParameterAttribute use in parameter.GetCustomAttributes<ParameterAttribute>().OrderBy(p => p.ParameterSetName, StringComparer.Ordinal))
        {
            List<string> facts = [use.ParameterSetName == ParameterAttribute.AllParameterSets ? "*" : use.ParameterSetName];
            if (use.Mandatory) facts.Add("mandatory");
            if (use.Position != int.MinValue) facts.Add($"position {use.Position}");
            if (use.ValueFromPipeline) facts.Add("pipe");
            if (use.ValueFromPipelineByPropertyName) facts.Add("property");
            text.Append(CultureInfo.InvariantCulture, $" [{string.Join(", ", facts)}]");
        }

        text.Append('\n');
    }

    private static void PublicType(StringBuilder text, Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        string basis = type is { IsEnum: false, IsValueType: false, BaseType: { } parent } && parent != typeof(object) ? $" : {Name(parent)}" : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"{kind} {type.FullName}{basis}\n");
        if (type.IsEnum)
        {
            foreach (object value in Enum.GetValues(type)) text.Append(CultureInfo.InvariantCulture, $"  {value} = {Enum.Format(type, value, "d")}\n");
        }
        else
        {
            IEnumerable<PropertyInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OrderBy(p => p.Name, StringComparer.Ordinal);
            foreach (PropertyInfo property in properties)
                text.Append(CultureInfo.InvariantCulture, $"  {property.Name} {Name(property.PropertyType)}{(IsNullableReference(property) ? "?" : string.Empty)}{(property.SetMethod is { IsPublic: true } ? " (settable)" : string.Empty)}\n");
        }

        text.Append('\n');
    }

    private static bool IsNullableReference(PropertyInfo property) => !property.PropertyType.IsValueType && _nullability.Create(property).ReadState == NullabilityState.Nullable;

    private static string Short(string typeName) => typeName[(typeName.LastIndexOf('.') + 1)..];

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericType) return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return type == typeof(string) ? "string" : type == typeof(int) ? "int" : type == typeof(bool) ? "bool" : type == typeof(long) ? "long" : type.Name;
    }
}
