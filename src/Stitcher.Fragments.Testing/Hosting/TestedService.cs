using System.Collections.Immutable;
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
        var known = services?.GetService<FragmentManifest>()?.Fragments.ToDictionary(static pair => pair.Definition.Name, static pair => pair.Definition, StringComparer.Ordinal);
        return new TestedService(manifest, problems,
        [
            .. manifest.Exposes.Where(static exposed => exposed.Fragment is not null).Select(exposed => new TestedFragment
            {
                Exposed = exposed,
                Parameters = known?.GetValueOrDefault(exposed.Name)?.Parameters
                    ?? [.. exposed.Parameters.Select(static name => new FragmentParameter(name, "text", IsInPath: false, IsRequired: false, Default: null))],
                Samples = known?.GetValueOrDefault(exposed.Name)?.Samples ?? (IReadOnlyDictionary<string, string>)ImmutableDictionary<string, string>.Empty,
            }),
        ]);
    }
}
