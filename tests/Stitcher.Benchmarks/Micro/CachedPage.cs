using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Caching;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Benchmarks.Micro;

/// <summary>A page of five card lists, planned by a real host, all of them in the cache. No socket is opened.</summary>
internal sealed class CachedPage : IAsyncDisposable
{
    private const int Slots = 5;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-benchmark-");
    private readonly WebApplication _app;

    private CachedPage(string parameters)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "layouts"));
        var slots = string.Join('\n', Enumerable.Range(0, Slots).Select(i => $"<div><fragment src=\"shop/Cards{i}{parameters}\"></fragment></div>"));
        File.WriteAllText(
            Path.Combine(_folder.FullName, "layouts", "page.html"),
            $"<!doctype html><html lang=en><head><meta charset=utf-8><title>Shop</title></head><body>{slots}</body></html>");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
        builder.Services.AddStitcher(builder.Configuration);
        _app = builder.Build();
        _app.MapStitcher();
        _app.MapReverseProxy();
        Fetcher = _app.Services.GetRequiredService<FragmentFetcher>();
    }

    public PagePlan Plan => _app.Services.GetRequiredService<CatalogState>().Current.Pages[0];

    public FragmentFetcher Fetcher { get; }

    public PageRequest Request { get; } = new(["7", "wide"], inOrder: false, default, CancellationToken.None);

    /// <param name="parameters">What follows the fragment's name in a slot's address.</param>
    public static async Task<CachedPage> PlanAsync(string parameters)
    {
        var page = new CachedPage(parameters);
        await page._app.Services.GetRequiredService<CatalogState>().LoadAsync();
        page.Remember(page._app.Services.GetRequiredService<FragmentStore>());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        yield return new("ReverseProxy:Clusters:shop:Destinations:one:Address", "http://localhost:9/");
        yield return new("Stitcher:Services:0:Name", "shop");
        yield return new("Stitcher:Services:0:Trust", "App");
        for (var i = 0; i < Slots; i++)
        {
            yield return new($"Stitcher:Services:0:Fragments:{i}:Name", $"Cards{i}");
            yield return new($"Stitcher:Services:0:Fragments:{i}:Path", $"/cards/{i}");
        }

        yield return new("Stitcher:Pages:0:Name", "page");
        yield return new("Stitcher:Pages:0:Route", "/{id}");
        yield return new("Stitcher:Pages:0:Layout", "page.html");
    }

    private void Remember(FragmentStore store)
    {
        foreach (var slot in Plan.Slots)
        {
            ImmutableArray<HeadPart> head =
                [new HeadPart(HeadPartKind.Stylesheet, $"stylesheet /{slot.Index}.css", Encoding.UTF8.GetBytes($"<link rel=stylesheet href=/{slot.Index}.css>"))];
            var markup = new Markup([new MarkupPiece(MarkupPieceKind.Literal, CardList.Create(slot.Index))], [], []);
            var fragment = new CachedFragment(200, markup, head, null, store.FreshUntil(TimeSpan.FromHours(10)));
            store.Store(FragmentRequest.For(slot, Request)!.Value.Key, fragment, store.Generation);
        }
    }
}
