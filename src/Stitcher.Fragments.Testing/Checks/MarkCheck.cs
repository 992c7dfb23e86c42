using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Reads the marks by which the page's runtime finds a fragment, its module and where it can be had again.</summary>
internal static class MarkCheck
{
    private static readonly string[] Marks = ["data-module", "data-hydrate", "data-fragment", "data-topics", "data-timeout"];

    public static IReadOnlyList<Finding> Find(Answer answer, TestedService service, TestedFragment fragment, IHtmlDocument page)
    {
        if (!answer.IsHtml || page.Body is not { } body)
        {
            return [];
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        var marked = body.QuerySelectorAll(string.Join(',', Marks.Select(static mark => $"[{mark}]"))).ToArray();
        foreach (var element in marked.Where(element => element.ParentElement != body))
        {
            findings.Add(new Finding($"<{element.LocalName}> inside the fragment has marks of a fragment's root; the runtime looks at the root only"));
        }

        foreach (var root in marked.Where(element => element.ParentElement == body))
        {
            findings.AddRange(Marks.Select(mark => root.GetAttribute(mark) is { } value ? Judge(mark, value, service, fragment) : null).OfType<Finding>());
            if (!root.HasAttribute("data-module") && root.HasAttribute("data-hydrate"))
            {
                findings.Add(new Finding("data-hydrate says when, and no data-module says what"));
            }
        }

        return findings.ToImmutable();
    }

    private static Finding? Judge(string mark, string value, TestedService service, TestedFragment fragment) => mark switch
    {
        "data-module" when !service.Manifest.Exposes.Any(exposed => exposed.Module is not null && value == $"{service.Name}/{exposed.Name}") =>
            new Finding($"data-module=\"{value}\" is no module of the service's; its own would be \"{service.Name}/{fragment.Name}\", named in the manifest"),
        "data-hydrate" when value is not ("load" or "visible" or "idle" or "interaction") =>
            new Finding($"data-hydrate=\"{value}\" is no moment: load, visible, idle or interaction"),
        "data-fragment" when !IsAddressOf(value, service.Name, fragment.Name) =>
            new Finding($"data-fragment=\"{value}\" is not where browsers get it: /_f/{service.Name}/{fragment.Name} and its query"),
        "data-fragment" when !fragment.Exposed.Public =>
            new Finding("data-fragment says that browsers may get it again, and the manifest does not (exposes[].public)"),
        "data-topics" when !IsObject(value) => new Finding("data-topics is no JSON object of topics and their values"),
        "data-timeout" when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time == 0 =>
            new Finding($"data-timeout=\"{value}\" is no number of milliseconds"),
        _ => null,
    };

    private static bool IsAddressOf(string value, string service, string fragment)
    {
        var path = $"/_f/{service}/{fragment}";
        return value.StartsWith(path, StringComparison.Ordinal) && (value.Length == path.Length || value[path.Length] is '?' or '/');
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
