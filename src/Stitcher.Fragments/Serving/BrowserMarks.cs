using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Fragments.Serving;

/// <summary>The attributes by which a gateway's browser modules know a fragment: what to start, when, and where to ask for it again.</summary>
internal static class BrowserMarks
{
    // Attribute values are encoded for HTML anyway; on top of that only what JSON itself needs.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<FragmentAttribute> Of(FragmentDefinition definition, HttpRequest request, string service)
    {
        if (definition.Module is not null)
        {
            yield return FragmentAttribute.Of("data-module", $"{service}/{definition.Name}");
        }

        if (definition is { Module: not null, Hydrate: { } moment })
        {
            yield return FragmentAttribute.Of("data-hydrate", moment);
        }

        if (definition.IsOpenToBrowsers)
        {
            yield return FragmentAttribute.Of("data-fragment", AddressOf(request, service, definition));
        }
    }

    public static FragmentAttribute TopicsOf(object topics) => FragmentAttribute.Of("data-topics", JsonSerializer.Serialize(topics, Json));

    // What the fragment declares and nothing else, in its own order, so that one state has one address.
    private static string AddressOf(HttpRequest request, string service, FragmentDefinition definition)
    {
        var address = new StringBuilder("/_f/").Append(service).Append('/').Append(definition.Name);
        var separator = '?';
        foreach (var parameter in definition.Parameters)
        {
            var value = parameter.IsInPath ? request.RouteValues[parameter.Name]?.ToString() : request.Query[parameter.Name] is [{ Length: > 0 } only] ? only : null;
            if (value is not null)
            {
                address.Append(separator).Append(Uri.EscapeDataString(parameter.Name)).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return address.ToString();
    }
}
