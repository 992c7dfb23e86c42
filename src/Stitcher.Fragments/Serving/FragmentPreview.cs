using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Serving;

/// <summary>
/// Makes a page of a fragment when a person opens it during development: browsers ignore style sheets in headers, and a fragment
/// alone has no import map.
/// </summary>
internal static class FragmentPreview
{
    private static FragmentMarkup Plain { get; } = FragmentMarkup.Trusted(
        "<style>:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 } body { margin: 0; padding: 1rem }</style>");

    public static bool IsWanted(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Dest"].ToString() is "document" or "iframe"
        && (context.RequestServices.GetRequiredService<IWebHostEnvironment>().IsDevelopment()
            || context.RequestServices.GetRequiredService<FragmentCatalog>().HasGallery);

    public static FragmentMarkup Around(HttpContext context, FragmentResult result, FragmentDefinition? definition)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<FragmentServiceOptions>>().Value;
        var map = context.RequestServices.GetRequiredService<FragmentManifest>().Current.ImportMap;
        var folder = FragmentAddress.Relative(context.Request.Path, options.AssetBase);
        var styles = (definition?.Styles ?? [])
            .Select(style => folder + style)
            .Concat(result.Head.Stylesheets)
            .Select(static url => FragmentMarkup.Html($"<link rel=\"stylesheet\" href=\"{url}\">"));
        var title = result.Head.Title ?? $"{definition?.Name} · {options.Service}";
        return FragmentMarkup.Html($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {result.Head.Rendered ?? FragmentMarkup.Empty}
            <title>{title}</title>
            {FragmentMarkup.Trusted($"<script type=\"importmap\">{map}</script>")}
            {styles}
            {Plain}
            </head>
            <body>
            {result.Markup ?? FragmentMarkup.Empty}
            </body>
            </html>
            """);
    }
}
