using System.Text;
using System.Text.Json;
using Stitcher.Federation;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>
/// A module that stands in for one that is withheld or gone: whoever imports it statically still loads, and finds every name doing nothing.
/// </summary>
internal static class StubModule
{
    /// <summary>Where browsers find them. No service can have the name.</summary>
    public const string Folder = "/_s/~stub/";

    public static byte[] Write(ModuleStub stub)
    {
        var told = JsonEncodedText.Encode($"{FederationCodes.StubInUse}: {stub.Specifier} is not there; a stand-in that does nothing takes its place.");
        var names = stub.Exports.Append("default").Distinct(StringComparer.Ordinal).Select(static name => $"inert as \"{JsonEncodedText.Encode(name)}\"");
        return Encoding.UTF8.GetBytes($"console.warn(\"{told}\");\nfunction inert() {{}}\nexport {{ {string.Join(", ", names)} }};\n");
    }
}
