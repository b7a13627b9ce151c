using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace MacvtapTools.Kernel.Tests;

/// <summary>A test that <see cref="Inner"/> runs in a process of its own. Elsewhere it does not exist: counted as skipped it would look as if something had not run.</summary>
[XunitTestCaseDiscoverer(typeof(InnerFactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class InnerFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);
