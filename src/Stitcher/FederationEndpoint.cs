using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stitcher.Explaining;
using Stitcher.Federation.Negotiation;

namespace Stitcher;

/// <summary>
/// Tells operators what the services share and why: <c>/_stitcher/federation</c>, for people or, as JSON, for programs;
/// with <c>format=portfolio</c> what it was negotiated over, for the tool.
/// </summary>
internal sealed class FederationEndpoint(FederationExplainer explainer)
{
    public const string Route = "/_stitcher/federation";

    // A name is no longer; whatever else is asked for is no name.
    private const int LongestFilter = 256;

    public async Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        OperatorAnswer.Protect(response);
        if (context.Request.Query["format"] == "portfolio")
        {
            response.ContentType = "application/json; charset=utf-8";
            PortfolioFile.Write(explainer.Portfolio, response.BodyWriter);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
            return;
        }

        var filter = context.Request.Query["q"].ToString().Trim();
        var explanation = explainer.Explain(filter.Length > LongestFilter ? filter[..LongestFilter] : filter);
        if (OperatorAnswer.IsPage(context.Request))
        {
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.ContentSecurityPolicy = FederationDocument.Policy;
            await response.WriteAsync(FederationPage.Render(explanation), context.RequestAborted);
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        var matching = explanation with
        {
            Services = [.. explanation.Services.Where(static s => s.Matches)],
            Packages = [.. explanation.Packages.Where(static p => p.Matches)],
        };
        await JsonSerializer.SerializeAsync(response.Body, matching, OperatorAnswer.Json, context.RequestAborted);
    }
}
