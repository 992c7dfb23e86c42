using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stitcher.Explaining;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Tells operators how a path's page is made: <c>/_stitcher/plan?path=/products/7</c>, for people or, as JSON, for programs.</summary>
internal sealed class PlanEndpoint(PathRouting routing, CatalogState catalog, PageExplainer pages, GatewayExplainer gateway)
{
    public const string Route = "/_stitcher/plan";

    private static readonly Uri AnySite = new("http://localhost/");

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Query["path"].ToString().Trim();
        if (path.Length == 0)
        {
            await AnswerAsync(context, StatusCodes.Status200OK, await OverviewAsync(context));
            return;
        }

        if (Target(path) is not { } target)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, await OverviewAsync(context, path, "This is no path of the site; expected one that begins with a slash, such as /products/7."));
            return;
        }

        var routed = await routing.RouteAsync(target, context.RequestAborted);
        if (routed.GetEndpoint()?.Metadata.GetMetadata<PagePlan>() is not { } plan)
        {
            var problem = routed.GetEndpoint() is { } other
                ? $"No page has this path; it leads to '{other.DisplayName}', which composes nothing."
                : "No page has this path. These are the pages and their routes.";
            await AnswerAsync(context, StatusCodes.Status404NotFound, await OverviewAsync(context, path, problem));
            return;
        }

        var explanation = await pages.ExplainAsync(routed, plan);
        await AnswerAsync(context, StatusCodes.Status200OK, explanation);
    }

    // A whole address is taken, too: it is what one copies from a browser. Only its path and query count.
    private static Uri? Target(string path)
    {
        var isPath = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal);
        var isAddress = path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return (isPath || isAddress) && Uri.TryCreate(AnySite, path, out var target) ? target : null;
    }

    private async Task<GatewayOverview> OverviewAsync(HttpContext context, string? path = null, string? problem = null)
    {
        var examples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var page in catalog.Current.Pages)
        {
            foreach (var example in ExamplePath.For(page.Route))
            {
                var routed = await routing.RouteAsync(new Uri(AnySite, example), context.RequestAborted);
                if (routed.GetEndpoint()?.Metadata.GetMetadata<PagePlan>()?.Name == page.Name)
                {
                    examples.Add(page.Name, example);
                    break;
                }
            }
        }

        return gateway.Explain(examples, path, problem);
    }

    private static async Task AnswerAsync<T>(HttpContext context, int status, T explanation)
    {
        var response = context.Response;
        response.StatusCode = status;
        OperatorAnswer.Protect(response);
        if (!OperatorAnswer.IsPage(context.Request))
        {
            response.ContentType = "application/json; charset=utf-8";
            await JsonSerializer.SerializeAsync(response.Body, explanation, OperatorAnswer.Json, context.RequestAborted);
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = PlanDocument.Policy;
        await response.WriteAsync(
            explanation is PageExplanation page ? PlanPage.Render(page) : OverviewPage.Render((GatewayOverview)(object)explanation!), context.RequestAborted);
    }
}
