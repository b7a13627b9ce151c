namespace MacvtapTools;

/// <summary>The formats of a picture of a topology.</summary>
public enum TopologyFormat
{
    /// <summary>Scalable Vector Graphics 1.1: .svg.</summary>
    Svg,

    /// <summary>A Mermaid flowchart: .mmd, .mermaid.</summary>
    Mermaid,

    /// <summary>The language of Graphviz: .dot, .gv.</summary>
    Dot,

    /// <summary>Nodes and edges as JSON: .json.</summary>
    Json,
}
