using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Stitcher.Federation.Manifests;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Gallery;

/// <summary>The page that shows a service's fragments. Every fragment is there without script; script adds forms and figures.</summary>
internal static class GalleryPage
{
    public static FragmentMarkup Render(FragmentManifest source, HttpRequest request)
    {
        var manifest = source.Current.Manifest;
        var fragments = source.Fragments.ToArray();
        return FragmentMarkup.Html($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{manifest.Name} · fragments</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{GalleryFile.Style.Address}">
            {GalleryModules.Map(manifest)}
            <script type="module" src="{GalleryFile.Script.Address}"></script>
            </head>
            <body>
            <a class="skip" href="#fragments">Skip to the fragments</a>
            {Header(manifest, request, fragments.Length)}
            <div class="columns">
            <nav aria-label="Fragments"><ul>
            {fragments.Select(static fragment => FragmentMarkup.Html(
                $"<li><a href=\"#{fragment.Definition.Name}\">{fragment.Definition.Name}</a></li>"))}
            {(manifest.Shared.IsEmpty ? FragmentMarkup.Empty : FragmentMarkup.Html($"<li><a href=\"#shared\">Shared packages</a></li>"))}
            {(manifest.Modules.IsEmpty ? FragmentMarkup.Empty : FragmentMarkup.Html($"<li><a href=\"#files\">Files</a></li>"))}
            </ul></nav>
            <main id="fragments" tabindex="-1">
            {(fragments.Length == 0 ? NoFragments : FragmentMarkup.Empty)}
            {fragments.Select(fragment => Card(manifest, fragment.Definition, fragment.Endpoint))}
            {GalleryModules.List(manifest)}
            {Shared(manifest)}
            {Files(manifest)}
            </main>
            </div>
            <footer><p>A development page. Visitors never see it: a gateway takes the fragments and leaves the rest.</p></footer>
            </body>
            </html>
            """);
    }

    private static FragmentMarkup NoFragments { get; } =
        FragmentMarkup.Html($"<p class=\"empty\">This service publishes no fragments yet. Map one with <code>app.MapFragment(…)</code>.</p>");

    private static FragmentMarkup Header(ServiceManifest manifest, HttpRequest request, int count)
    {
        var built = manifest.BuiltAt is { } time ? Fact("Built", FragmentMarkup.Html($"<time datetime=\"{time}\">{time:yyyy-MM-dd HH:mm} UTC</time>")) : null;
        return FragmentMarkup.Html($"""
            <header>
            <p class="kind">Fragment service</p>
            <h1>{manifest.Name}</h1>
            <p class="lead">{count} {(count == 1 ? "fragment" : "fragments")} for every page that wants them.</p>
            <dl class="facts">
            {Fact("Address", FragmentMarkup.Html($"<code>{request.Scheme}://{request.Host.Value}</code>"))}
            {Fact("Port", FragmentMarkup.Html($"<code>{request.HttpContext.Connection.LocalPort}</code>"))}
            {Fact("Revision", FragmentMarkup.Html($"<code>{manifest.Revision}</code>"))}
            {built}
            {Fact("Manifest", FragmentMarkup.Html($"<a href=\"{StitcherManifest.WellKnownPath}\">stitcher.json</a>"))}
            </dl>
            </header>
            """);
    }

    private static FragmentMarkup Card(ServiceManifest manifest, FragmentDefinition definition, RouteEndpoint endpoint)
    {
        var path = FragmentRoute.PathOf(endpoint.RoutePattern);
        var address = Address(definition, endpoint.RoutePattern);
        return FragmentMarkup.Html($"""
            <article id="{definition.Name}" class="fragment" data-path="{path}" data-address="{manifest.Name}/{definition.Name}" aria-labelledby="{definition.Name}-name">
            <div class="title"><h2 id="{definition.Name}-name">{definition.Name}</h2> <span class="tag">{definition.Category}</span></div>
            {(definition.Description is { } text ? FragmentMarkup.Html($"<p class=\"description\">{text}</p>") : null)}
            <dl class="facts">
            {Fact("Path", FragmentMarkup.Html($"<code>{path}</code>"))}
            {Fact("Caching", FragmentMarkup.Html($"<code>{definition.Caching.ToHeader()}</code>"))}
            {Optional("Varies by", string.Join(", ", definition.Vary))}
            {Optional("Tags", string.Join(" ", definition.Tags))}
            {Optional("Module", definition.Module)}
            {Optional("Element", definition.Element)}
            {Optional("Styles", string.Join(", ", definition.Styles))}
            </dl>
            {Form(definition)}
            <figure>
            <figcaption><span class="status" role="status"></span>
            <span class="actions"><button type="button" class="reload" hidden>Reload</button> <button type="button" class="narrow" aria-pressed="false" hidden>Phone width</button> <a class="alone" href="{address}">Open alone</a></span></figcaption>
            <div class="stage"><iframe src="{address}" title="{definition.Name}, live" loading="lazy"></iframe></div>
            </figure>
            <details><summary>In a layout</summary><pre><code class="slot">&lt;fragment src="{manifest.Name}/{definition.Name}"&gt;&lt;/fragment&gt;</code></pre></details>
            <details class="markup" hidden><summary>Markup</summary><pre><code></code></pre></details>
            </article>
            """);
    }

    private static FragmentMarkup Form(FragmentDefinition definition)
    {
        if (definition.Parameters.IsEmpty)
        {
            return FragmentMarkup.Html($"<p class=\"none\">No parameters.</p>");
        }

        var fields = definition.Parameters.Select(parameter => FragmentMarkup.Html($"""
            <label><span>{parameter.Name} <small>{parameter.Type}{(parameter.IsRequired ? ", required" : "")}</small></span>
            <input name="{parameter.Name}" value="{Sample(definition, parameter)}" placeholder="{parameter.Default}" data-in="{(parameter.IsInPath ? "path" : "query")}" {FragmentMarkup.Attribute("required", parameter.IsRequired)} autocomplete="off" spellcheck="false"></label>
            """));
        return FragmentMarkup.Html($"<form>{fields}<button>Show</button></form>");
    }

    private static FragmentMarkup Shared(ServiceManifest manifest) => manifest.Shared.IsEmpty ? FragmentMarkup.Empty : FragmentMarkup.Html($"""
        <section id="shared" class="table"><h2>Shared packages</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Shared packages"><table><thead><tr><th scope="col">Package</th><th scope="col">Version</th><th scope="col">Accepts</th><th scope="col">Files</th></tr></thead>
        <tbody>{manifest.Shared.Select(static package => FragmentMarkup.Html(
            $"<tr><th scope=\"row\"><code>{package.Package}</code></th><td>{package.Version}{(package.Singleton ? ", one copy per page" : "")}</td><td><code>{package.RequiredVersion ?? "^" + package.Version}</code></td><td>{string.Join(", ", package.Entries.Values)}</td></tr>"))}</tbody></table></div></section>
        """);

    private static FragmentMarkup Files(ServiceManifest manifest) => manifest.Modules.IsEmpty ? FragmentMarkup.Empty : FragmentMarkup.Html($"""
        <section id="files" class="table"><h2>Files</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Files"><table><thead><tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">Hash</th></tr></thead>
        <tbody>{manifest.Modules.Select(file => FragmentMarkup.Html(
            $"<tr><th scope=\"row\"><a href=\"{manifest.Base}{file.Key}\">{file.Key}</a></th><td>{(file.Value.Bytes ?? 0).ToString("N0", CultureInfo.InvariantCulture)}</td><td><code>{file.Value.Integrity?[..20]}…</code></td></tr>"))}</tbody></table></div></section>
        """);

    private static FragmentMarkup Fact(string name, FragmentMarkup value) => FragmentMarkup.Html($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static FragmentMarkup? Optional(string name, string? value) =>
        string.IsNullOrEmpty(value) ? null : Fact(name, FragmentMarkup.Html($"<code>{value}</code>"));

    private static string Address(FragmentDefinition definition, RoutePattern pattern)
    {
        var address = new StringBuilder(FragmentRoute.PathOf(pattern));
        var separator = '?';
        foreach (var parameter in definition.Parameters)
        {
            var sample = Uri.EscapeDataString(Sample(definition, parameter));
            if (parameter.IsInPath)
            {
                address.Replace($"{{{parameter.Name}}}", sample);
            }
            else if (sample.Length > 0)
            {
                address.Append(separator).Append(parameter.Name).Append('=').Append(sample);
                separator = '&';
            }
        }

        return address.ToString();
    }

    // Ids begin at 1 in most services; a form that shows something at once explains itself.
    private static string Sample(FragmentDefinition definition, FragmentParameter parameter) =>
        definition.Samples.TryGetValue(parameter.Name, out var sample) ? sample
        : !parameter.IsRequired ? ""
        : parameter.Type.StartsWith("whole number", StringComparison.Ordinal) ? "1"
        : "";
}
