using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>The pages as endpoints. When the catalog changes they are all replaced; a request keeps the page it was routed to.</summary>
internal sealed class PageEndpointDataSource : EndpointDataSource
{
    // Before the reverse proxy's routes of the same pattern.
    private const int BeforeProxied = -1;

    // Behind everything that takes a method at all.
    private const int BehindAll = int.MaxValue;

    private static readonly HttpMethodMetadata Methods = new(["GET", "HEAD"]);

    private readonly PageEndpoint _pages;
    private readonly PageMethodsEndpoint _methods;
    private readonly CatalogState _catalog;
    private Snapshot _current;

    public PageEndpointDataSource(PageEndpoint pages, PageMethodsEndpoint methods, CatalogState catalog)
    {
        _pages = pages;
        _methods = methods;
        _catalog = catalog;
        _current = Build();
        catalog.Changed += Replace;
    }

    public override IReadOnlyList<Endpoint> Endpoints => Volatile.Read(ref _current).Endpoints;

    public override IChangeToken GetChangeToken() => Volatile.Read(ref _current).Token;

    private void Replace() => Interlocked.Exchange(ref _current, Build()).Over.Cancel();

    private Snapshot Build()
    {
        var over = new CancellationTokenSource();
        return new Snapshot([.. _catalog.Current.Pages.Select(Build), .. _catalog.Current.Pages.Select(BuildMethods)], over, new ReplacedPagesToken(over.Token));
    }

    private Endpoint Build(PagePlan plan)
    {
        var builder = new RouteEndpointBuilder(context => _pages.InvokeAsync(context, plan), RoutePatternFactory.Parse(plan.Route), BeforeProxied)
        {
            DisplayName = $"Page {plan.Name}",
        };
        builder.Metadata.Add(Methods);
        builder.Metadata.Add(plan);
        return builder.Build();
    }

    private Endpoint BuildMethods(PagePlan plan)
    {
        var builder = new RouteEndpointBuilder(context => _methods.InvokeAsync(context, plan), RoutePatternFactory.Parse(plan.Route), BehindAll)
        {
            DisplayName = $"Page {plan.Name}, other methods",
        };
        builder.Metadata.Add(new PageMethods(plan));
        return builder.Build();
    }

    private sealed record Snapshot(IReadOnlyList<Endpoint> Endpoints, CancellationTokenSource Over, IChangeToken Token);
}
