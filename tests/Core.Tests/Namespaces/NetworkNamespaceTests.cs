using Xunit;

namespace MacvtapTools.Core.Tests.Namespaces;

public sealed class NetworkNamespaceTests
{
    [Fact]
    public void Equal_is_what_is_the_same_namespace_under_whatever_name()
    {
        NetworkNamespace registered = new("blue", "/run/netns/blue", 4, 4026532000, false);
        NetworkNamespace byProcess = new(null, "/proc/77/ns/net", 4, 4026532000, true);

        Assert.Equal(registered, byProcess);
        Assert.Equal(registered.GetHashCode(), byProcess.GetHashCode());
        Assert.NotEqual(registered, new NetworkNamespace("blue", "/run/netns/blue", 4, 4026532001, false));
        Assert.NotEqual(registered, new NetworkNamespace("blue", "/run/netns/blue", 5, 4026532000, false));
        Assert.False(registered.Equals(null));
    }

    [Fact]
    public void Its_text_leads_back_to_it()
    {
        Assert.Equal("blue", new NetworkNamespace("blue", "/run/netns/blue", 4, 1, false).ToString());
        Assert.Equal("/proc/77/ns/net", new NetworkNamespace(null, "/proc/77/ns/net", 4, 1, false).ToString());
    }
}
