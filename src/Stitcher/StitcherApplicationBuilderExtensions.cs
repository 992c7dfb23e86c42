using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher;
using Stitcher.Writing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Stitcher's error pages around an app.</summary>
public static class StitcherApplicationBuilderExtensions
{
    /// <summary>
    /// Gives an answer of 400 or above that has no body a page that a person can read, when the browser takes HTML: an address that
    /// nothing serves, a proxied service that is gone. Bodies of services are left as they are. The page is the site's own where
    /// <c>Stitcher:ErrorPages</c> has one for the status, otherwise the gateway's.
    /// </summary>
    /// <param name="app">The app; call this before everything that answers.</param>
    /// <returns>The same app.</returns>
    public static IApplicationBuilder UseStitcherErrorPages(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(async (context, next) =>
        {
            await next(context);
            if (HasNoBody(context.Response) && TakesHtml(context.Request))
            {
                // Operators' listener has nothing of the site: neither its style sheets nor its pages.
                var site = context.RequestServices.GetService<ManagementPort>()?.Took(context.Connection) == true ? null : ErrorPage.OfSite(context, context.Response.StatusCode);
                ErrorPage.Describe(context.Response, site);
                var body = ErrorPage.Render(context, site, context.Response.StatusCode);
                context.Response.ContentLength = body.Length;
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
                }
            }
        });
    }

    private static bool HasNoBody(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentLength is null or 0 && response.ContentType is null;

    private static bool TakesHtml(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
