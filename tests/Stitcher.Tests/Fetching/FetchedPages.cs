using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Manifests;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.TestKit;
using Stitcher.Tests.Upstream;

namespace Stitcher.Tests.Fetching;

/// <summary>The fragments of pages on a clock of the test's own, from a real service: <c>products/A</c>, <c>products/B</c> and <c>products/Card?id=</c>.</summary>
internal sealed class FetchedPages : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-layouts-");
    private readonly ServicesBehindTheProxy _proxy;

    private FetchedPages(ScriptedService service, ISecondLevel? second, TimeSpan failureMemory, TimeProvider? processor)
    {
        Service = service;
        _proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<TimeProvider>(Clock).AddSingleton(second ?? new NoSecondLevel()).AddSingleton(new FragmentParser(processor ?? new FakeTimeProvider())),
            new() { ["Stitcher:Cache:FailureMemory"] = $"{failureMemory.TotalSeconds:0}s" },
            service.Address);
    }

    public ScriptedService Service { get; }

    public FakeTimeProvider Clock { get; } = new();

    public CapturedLog Log => _proxy.Log;

    public FragmentStore Store => _proxy.Engine.GetRequiredService<FragmentStore>();

    public FragmentPurge Purge => _proxy.Engine.GetRequiredService<FragmentPurge>();

    public Coalescer<Fetched> Coalescer => _proxy.Engine.GetRequiredService<Coalescer<Fetched>>();

    public FragmentLoader Loader => _proxy.Engine.GetRequiredService<FragmentLoader>();

    /// <param name="second">The second level; without one there is none.</param>
    /// <param name="failureMemory">How long a failure is remembered, in whole seconds; without it none is.</param>
    /// <param name="processor">The time that a parse takes; without it none.</param>
    public static async Task<FetchedPages> StartAsync(ISecondLevel? second = null, TimeSpan failureMemory = default, TimeProvider? processor = null) =>
        new(await ScriptedService.StartAsync(), second, failureMemory, processor);

    /// <summary>Starts every fragment of a page with this layout; each has a minute.</summary>
    public PageFetch Start(string layout = "<fragment src=\"products/A\" timeout=\"60s\"/>", string query = "", CancellationToken clientGone = default)
    {
        var (plan, request) = Plan(layout, query, clientGone);
        return _proxy.Engine.GetRequiredService<FragmentFetcher>().Start(plan, request);
    }

    public (PagePlan Plan, PageRequest Request) Plan(string layout, string query = "", CancellationToken clientGone = default)
    {
        var options = new StitcherOptions { LayoutRoot = "." };
        var service = new ServiceOptions { Name = "products", Trust = TrustLevel.App };
        (string Name, string Path)[] fragments = [("A", "/a"), ("B", "/b"), ("Card", "/cards/{id}")];
        foreach (var (name, path) in fragments)
        {
            service.Fragments.Add(new FragmentOptions { Name = name, Path = path });
        }

        options.Services.Add(service);
        options.Pages.Add(new PageOptions { Name = "page", Route = "/", Layout = "page.html", Deadline = TimeSpan.FromSeconds(60) });
        File.WriteAllText(Path.Combine(_folder.FullName, "page.html"), "<!doctype html><body>" + layout);
        var errors = new List<string>();
        var plan = _proxy.Engine.GetRequiredService<PagePlanner>().Plan(options, _folder.FullName, FederationSnapshot.None, errors).Pages.Single();
        Assert(errors.Count == 0, string.Join('\n', errors));
        var context = new DefaultHttpContext { RequestAborted = clientGone };
        context.Request.QueryString = new QueryString(query);
        return (plan, PageRequest.From(context, plan));
    }

    public async Task<FragmentResult> FetchAsync(string layout = "<fragment src=\"products/A\" timeout=\"60s\"/>", string query = "")
    {
        using var fetch = Start(layout, query);
        return await fetch.WaitForAsync(0);
    }

    public static string Shown(FragmentResult result) => string.Concat(result.Markup!.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)));

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await Service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Assert(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
