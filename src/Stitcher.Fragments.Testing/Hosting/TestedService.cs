using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Federation.Manifests;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Testing.Hosting;

/// <summary>What a service says about itself.</summary>
/// <param name="Manifest">Its manifest, without what would be refused of it.</param>
/// <param name="Problems">What would be.</param>
/// <param name="Fragments">Its fragments.</param>
internal sealed record TestedService(ServiceManifest Manifest, ImmutableArray<ManifestProblem> Problems, ImmutableArray<TestedFragment> Fragments)
{
    public string Name => Manifest.Name;

    public static async Task<TestedService> ReadAsync(HttpClient client, IServiceProvider? services, CancellationToken ct)
    {
        using var response = await client.GetAsync(new Uri(StitcherManifest.WellKnownPath, UriKind.Relative), ct);
        var utf8 = await response.Content.ReadAsByteArrayAsync(ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new FragmentContractException(
                $"{StitcherManifest.WellKnownPath} answered {(int)response.StatusCode}; a service publishes its manifest there (app.MapManifest()).");
        }

        var manifest = StitcherManifest.Read(utf8, out var problems)
            ?? throw new FragmentContractException($"{StitcherManifest.WellKnownPath} is no manifest: {string.Join(' ', problems.Select(static problem => problem.Message))}");
        var open = PublicKeys(utf8);
        var known = services?.GetService<FragmentManifest>()?.Fragments.ToDictionary(static pair => pair.Definition.Name, static pair => pair.Definition, StringComparer.Ordinal);
        return new TestedService(manifest, problems,
        [
            .. manifest.Exposes.Where(static exposed => exposed.Fragment is not null).Select(exposed => new TestedFragment
            {
                Exposed = exposed,
                IsPublic = open.Contains(exposed.Key),
                Parameters = known?.GetValueOrDefault(exposed.Name)?.Parameters ?? [],
                Samples = known?.GetValueOrDefault(exposed.Name)?.Samples ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty,
            }),
        ]);
    }

    private static HashSet<string> PublicKeys(byte[] utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        return json.RootElement.TryGetProperty("exposes", out var exposes) && exposes.ValueKind == JsonValueKind.Array
            ? [.. exposes.EnumerateArray()
                .Where(static exposed => exposed.TryGetProperty("public", out var open) && open.ValueKind == JsonValueKind.True)
                .Select(static exposed => exposed.GetProperty("key").GetString()!)]
            : [];
    }
}
