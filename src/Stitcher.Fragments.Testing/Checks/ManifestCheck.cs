using System.Collections.Immutable;
using System.Security.Cryptography;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Manifests;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Compares a manifest with what gateways take and with what the service serves.</summary>
internal static class ManifestCheck
{
    public static async Task<IReadOnlyList<Finding>> FindAsync(TestedService service, HttpClient client, CancellationToken ct)
    {
        var manifest = service.Manifest;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.AddRange(service.Problems.Select(static problem => new Finding($"{problem.Subject}: {problem.Message} ({problem.Code})")));
        var alone = Negotiator.Negotiate(new Portfolio { Services = [RuntimeOffer.Service, new PortfolioService(manifest.Name, manifest, manifest.Base)] });
        findings.AddRange(alone.Diagnostics.Where(static said => said.Level == DiagnosticLevel.Error).Select(static said => new Finding($"{said.Message} ({said.Code})")));
        foreach (var (file, module) in manifest.Modules)
        {
            if (await JudgeAsync(client, manifest.Base + file, module, ct) is { } finding)
            {
                findings.Add(finding);
            }
        }

        foreach (var exposed in manifest.Exposes)
        {
            findings.AddRange(exposed.Css.Append(exposed.Module).OfType<string>().Where(file => !manifest.Modules.ContainsKey(file))
                .Select(file => new Finding($"{exposed.Key} names {file}, of which modules says nothing")));
        }

        return findings.ToImmutable();
    }

    private static async Task<Finding?> JudgeAsync(HttpClient client, string address, ModuleFile module, CancellationToken ct)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), ct);
        if (!response.IsSuccessStatusCode)
        {
            return new Finding($"{address} is named and answers {(int)response.StatusCode}");
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(ct);
        var hash = $"sha384-{Convert.ToBase64String(SHA384.HashData(bytes))}";
        return module.Integrity is { } said && said.StartsWith("sha384-", StringComparison.Ordinal) && said != hash
            ? new Finding($"{address} is not the file the manifest has the hash of; browsers would not run it")
            : module.Bytes is { } length && length != bytes.Length
                ? new Finding($"{address} has {bytes.Length} bytes, the manifest says {length}")
                : null;
    }
}
