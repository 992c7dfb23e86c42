using Microsoft.Extensions.DependencyInjection;
using Stitcher.Configuration;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Stitcher.Planning;
using Stitcher.Tests.Upstream;
using Xunit;

namespace Stitcher.Tests.Planning;

/// <summary>Pages planned from layouts in a folder of their own, as a start of the gateway plans them.</summary>
internal sealed class PlannedPages : IDisposable
{
    // Planning asks no service; one engine is enough for all.
    private static readonly ServicesBehindTheProxy Shared = ServicesBehindTheProxy.At();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-layouts-");

    public StitcherOptions Options { get; } = new() { LayoutRoot = "." };

    public List<string> Errors { get; } = [];

    public FederationSnapshot Federation { get; set; } = FederationSnapshot.None;

    /// <param name="name">The service.</param>
    /// <param name="fragments">Each as <c>Name=/path?with={places}</c>.</param>
    public PlannedPages Service(string name, params string[] fragments)
    {
        var service = new ServiceOptions { Name = name, Trust = TrustLevel.App };
        foreach (var fragment in fragments.Select(f => f.Split('=', 2)))
        {
            service.Fragments.Add(new FragmentOptions { Name = fragment[0], Path = fragment[1] });
        }

        Options.Services.Add(service);
        return this;
    }

    public PlannedPages ServiceWithManifest(string name, ServiceManifest? manifest = null)
    {
        Options.Services.Add(new ServiceOptions { Name = name, Trust = TrustLevel.App, Manifest = "/manifest.json" });
        if (manifest is not null)
        {
            Federation = FederationSnapshot.Of(Federation.Manifests.Append(new(name, manifest)).ToDictionary());
        }

        return this;
    }

    public PlannedPages Page(string layout, string route = "/", Action<PageOptions>? with = null)
    {
        var page = new PageOptions { Name = $"page-{Options.Pages.Count}", Route = route, Layout = $"page-{Options.Pages.Count}.html" };
        with?.Invoke(page);
        Options.Pages.Add(page);
        if (page.Layout == $"page-{Options.Pages.Count - 1}.html")
        {
            File.WriteAllText(Path.Combine(_folder.FullName, page.Layout), layout);
        }

        return this;
    }

    public PageCatalog Plan() =>
        Shared.Engine.GetRequiredService<PagePlanner>().Plan(Options, _folder.FullName, Federation, Errors);

    /// <summary>The first page, which must have no error.</summary>
    public PagePlan First()
    {
        var catalog = Plan();
        Assert.Empty(Errors);
        return catalog.Pages[0];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
