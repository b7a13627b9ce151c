using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using MacvtapTools.PipelineHost;
using Xunit;

namespace PipelineHost.Tests;

/// <summary>The assembly that the cmdlets bind to is ours, and looks like the one they were compiled against.</summary>
public sealed class IdentityTests
{
    /// <summary>What the stand-in needs in public and the standard library lacks: sealed-in validation, and an equality that C# wants.</summary>
    private static readonly string[] Additions =
    [
        "SwitchParameter.Boolean Equals(SwitchParameter)",
    ];

    [Fact]
    public void Cmdlets_bind_to_the_stand_in()
    {
        AssemblyName asked = Samples.Assembly.GetReferencedAssemblies().Single(a => a.Name == "System.Management.Automation");
        Assert.Equal(new Version(3, 0, 0, 0), asked.Version);
        Assert.NotEmpty(asked.GetPublicKeyToken()!);

        Type cmdlet = Samples.Type("GetSampleCommand").BaseType!.BaseType!;
        Assert.Same(typeof(PSCmdlet), cmdlet);
        Assert.Same(typeof(Shell).Assembly, cmdlet.Assembly);
        Assert.Empty(typeof(Shell).Assembly.GetName().GetPublicKeyToken()!);
        Assert.True(typeof(Shell).Assembly.GetName().Version >= asked.Version);
    }

    [Fact]
    public void Every_member_that_the_cmdlets_call_is_there() => Assert.Empty(Shell.FindBrokenBindings(Samples.Assembly));

    [Fact]
    public void Import_calls_the_module_initializer()
    {
        Samples.NewShell();
        Assert.Equal(true, Samples.Type("SampleModule").GetProperty("Imported")!.GetValue(null));
    }

    [Fact]
    public void Public_members_have_the_signatures_of_the_standard_library()
    {
        string path = typeof(IdentityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PowerShellStandard").Value!;
        Assembly standard = new AssemblyLoadContext("standard").LoadFromAssemblyPath(path);
        List<string> differences = [];
        foreach (Type ours in typeof(Shell).Assembly.GetExportedTypes())
        {
            if (!ours.Namespace!.StartsWith("System.Management.Automation", StringComparison.Ordinal))
                continue;

            if (standard.GetType(ours.FullName!) is not { } theirs)
            {
                differences.Add("type " + ours.FullName);
                continue;
            }

            HashSet<string> known = [.. Members(theirs)];
            differences.AddRange(Members(ours).Where(m => !known.Contains(m)).Select(m => $"{ours.Name}.{m}").Except(Additions));
            if (ours.IsValueType != theirs.IsValueType || ours.IsInterface != theirs.IsInterface || ours.BaseType?.FullName != theirs.BaseType?.FullName)
                differences.Add($"{ours.Name} is another kind of type: {ours.BaseType} for {theirs.BaseType}");
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            if ((method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && method.DeclaringType?.Namespace != "System")
            {
                string result = method is MethodInfo info ? Name(info.ReturnType) + " " : string.Empty;
                yield return $"{result}{method.Name}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))})";
            }
        }

        foreach (FieldInfo field in type.GetFields(All))
        {
            if (field.IsLiteral && field.IsPublic)
                yield return $"{field.Name} = {field.GetRawConstantValue()}";
        }
    }

    private static string Name(Type type) => type.IsGenericType
        ? type.Name + "<" + string.Join(",", type.GetGenericArguments().Select(Name)) + ">"
        : type.Name;
}
