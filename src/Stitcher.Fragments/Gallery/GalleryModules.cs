using System.Text;
using System.Text.Json;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Gallery;

/// <summary>The modules of a service, under the names by which pages import them: what shows nothing by itself can be tried in the console.</summary>
internal static class GalleryModules
{
    /// <summary>The import map for this service alone: its own modules, and the packages that it brings along, in its own versions.</summary>
    public static FragmentMarkup Map(ServiceManifest manifest)
    {
        var imports = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var exposed in manifest.Exposes)
        {
            if (exposed.Module is { } module)
            {
                imports[NameOf(manifest, exposed)] = manifest.Base + module;
            }
        }

        foreach (var (specifier, file) in manifest.Shared.Where(static package => package.Provide).SelectMany(static package => package.Entries))
        {
            imports.TryAdd(specifier, manifest.Base + file);
        }

        if (imports.Count == 0)
        {
            return FragmentMarkup.Empty;
        }

        // The writer's own rules write every sign that could end a script as an escape.
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("imports");
            foreach (var (specifier, address) in imports)
            {
                writer.WriteString(specifier, address);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return FragmentMarkup.Trusted($"<script type=\"importmap\">{Encoding.UTF8.GetString(json.ToArray())}</script>");
    }

    /// <summary>Those that have no fragment, and so no card.</summary>
    public static FragmentMarkup List(ServiceManifest manifest)
    {
        var modules = manifest.Exposes.Where(static exposed => exposed.Fragment is null && exposed.Module is not null).ToArray();
        return modules.Length == 0 ? FragmentMarkup.Empty : FragmentMarkup.Html($"""
            <section id="modules" class="table"><h2>Modules without a fragment</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Modules without a fragment"><table><thead><tr><th scope="col">Import</th><th scope="col">Category</th><th scope="col">Exports</th></tr></thead>
            <tbody>{modules.Select(module => FragmentMarkup.Html(
                $"<tr><th scope=\"row\"><code>{NameOf(manifest, module)}</code></th><td>{module.Category}</td><td>{string.Join(", ", module.Exports)}</td></tr>"))}</tbody></table></div></section>
            """);
    }

    private static string NameOf(ServiceManifest manifest, ExposedModule exposed) => manifest.Name + exposed.Key[1..];
}
