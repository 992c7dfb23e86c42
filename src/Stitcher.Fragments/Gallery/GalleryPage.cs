using Microsoft.AspNetCore.Http;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Gallery;

/// <summary>The page that shows a service's fragments.</summary>
internal static class GalleryPage
{
    public static FragmentMarkup Render(FragmentManifest source, HttpRequest request)
    {
        var manifest = source.Current.Manifest;
        var fragments = source.Fragments.Select(static pair => FragmentMarkup.Html(
            $"<li><a href=\"{FragmentRoute.PathOf(pair.Endpoint.RoutePattern)}\">{pair.Definition.Name}</a></li>"));
        return FragmentMarkup.Html(
            $"<!doctype html><html lang=\"en\"><title>{manifest.Name}</title><h1>{manifest.Name} at {request.Host.Value}</h1><ul>{fragments}</ul></html>");
    }
}
