using System.Management.Automation;

namespace SampleCmdlets;

/// <summary>Doubles a text, refuses the text "bad".</summary>
public sealed class DoublingAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return plain is "bad" ? throw new ArgumentTransformationMetadataException("bad is bad") : $"{plain}{plain}";
    }
}
