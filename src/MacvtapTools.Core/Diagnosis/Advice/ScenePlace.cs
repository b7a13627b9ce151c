using MacvtapTools.Forwarding;

namespace MacvtapTools.Diagnosis.Advice;

/// <summary>Finds a link in a scene.</summary>
internal static class ScenePlace
{
    /// <summary>Its place, or -1. Indexes repeat across network namespaces; the address is the link's own.</summary>
    internal static int Of(ForwardingScene scene, MacvlanLink link)
    {
        ulong address = MacNumber.Of(link.MacAddress);
        for (int i = 0; i < scene.Links.Count; i++)
        {
            if (scene.Links[i].InterfaceIndex == link.InterfaceIndex && scene.Links[i].Name == link.Name && scene.Links[i].Address == address) return i;
        }

        return -1;
    }
}
