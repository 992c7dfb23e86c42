using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Stitcher.Local.Checking;

/// <summary>Fetches one page as a browser would and looks at its parts.</summary>
internal sealed class PageCheck(ShopReader reader, Uri gateway, SlotCheck slots)
{
    /// <summary>Where pages send a reader who must be signed in for them.</summary>
    private const string SignIn = "/sign-in";

    /// <summary>The page's row, then one for each part.</summary>
    public async Task<IReadOnlyList<CheckRow>> RunAsync(PageUnderCheck page, CancellationToken stopping)
    {
        var answer = await reader.GetAsync(new Uri(gateway, page.Path), stopping);
        var isPage = answer.IsOk("text/html");
        if (isPage && answer.Path == SignIn && page.Path != SignIn)
        {
            return [new(page.Path, 303, "(page)", "gateway", true, "asks to sign in first", answer.Body.Length, answer.Elapsed)];
        }

        var rows = new List<CheckRow>
        {
            new(page.Path, answer.Status, "(page)", "gateway", isPage, isPage ? "composed" : answer.Said, answer.Body.Length, answer.Elapsed),
        };
        if (!isPage)
        {
            return rows;
        }

        var document = LateParts.Place(new HtmlParser().ParseDocument(new MemoryStream(answer.Body)));
        foreach (var slot in page.Slots)
        {
            rows.Add(await slots.RunAsync(page, slot, document, stopping));
        }

        rows.Add(ImportMap(page, document));
        rows.Add(await FilesAsync(page, document, stopping));
        return rows;
    }

    private static CheckRow ImportMap(PageUnderCheck page, IHtmlDocument document)
    {
        var first = document.Scripts is { Length: > 0 } scripts ? scripts[0] : null;
        var verdict = first switch
        {
            null => "the page has no script",
            { Type: not "importmap" } => $"the first script is a {(first.Type is { Length: > 0 } type ? type : "classic one")}",
            _ when first.ParentElement != document.Head => "not in the head",
            _ when !IsMap(first.Text) => "not a JSON object",
            _ => null,
        };
        return new CheckRow(page.Path, null, "(import map)", "gateway", verdict is null, verdict ?? "first script in the head");
    }

    private static bool IsMap(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Style sheets, module scripts and what the import map names: a page whose files are missing is not whole.</summary>
    private async Task<CheckRow> FilesAsync(PageUnderCheck page, IHtmlDocument document, CancellationToken stopping)
    {
        var styles = document.QuerySelectorAll("link[rel~=stylesheet][href]").Select(link => link.GetAttribute("href"));
        var scripts = document.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src"));
        var files = styles.Select(href => (Href: href, Type: "text/css"))
            .Concat(scripts.Concat(MappedModules(document)).Select(src => (Href: src, Type: "text/javascript")))
            .Where(file => !string.IsNullOrEmpty(file.Href))
            .Distinct()
            .ToArray();

        var bytes = 0L;
        foreach (var (href, type) in files)
        {
            var answer = await reader.GetAsync(new Uri(new Uri(gateway, page.Path), href), stopping);
            if (!answer.IsOk(type))
            {
                return new CheckRow(page.Path, null, $"({files.Length} files)", "all", false, $"{href} says {answer.Said}");
            }

            bytes += answer.Body.Length;
        }

        return new CheckRow(page.Path, null, $"({files.Length} files)", "all", true, "all there", bytes);
    }

    private static IEnumerable<string?> MappedModules(IHtmlDocument document)
    {
        var map = document.QuerySelector("script[type=importmap]")?.TextContent;
        if (map is null || !IsMap(map))
        {
            return [];
        }

        using var json = JsonDocument.Parse(map);
        return json.RootElement.TryGetProperty("imports", out var imports) && imports.ValueKind == JsonValueKind.Object
            ? [.. imports.EnumerateObject().Where(entry => !entry.Name.EndsWith('/')).Select(entry => entry.Value.GetString())]
            : [];
    }
}
