using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using AngleSharp;
using AngleSharp.Dom;
using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>Reads what a fragment wants in the page's head: from the head of a whole document, and from <c>Link</c> headers.</summary>
internal sealed class HeadReader
{
    // More than this in one response is a mistake or an attack; the rest is left out.
    private const int MostLinks = 8;

    /// <summary>Data that machines read of a page, such as what it is about; browsers run none of it.</summary>
    public const string LinkedData = "application/ld+json";

    /// <summary>What the key of an inline style begins with; its text follows.</summary>
    public const string StyleKey = "style ";

    private readonly FragmentOrigin _origin;
    private readonly AddressRewriter _addresses;
    private readonly TrustRules _rules;

    public HeadReader(FragmentOrigin origin)
    {
        _origin = origin;
        _addresses = new AddressRewriter(origin);
        _rules = new TrustRules(origin, _addresses);
    }

    public ImmutableArray<HeadPart> Read(IElement head)
    {
        var parts = ImmutableArray.CreateBuilder<HeadPart>();
        foreach (var element in head.Children.ToList())
        {
            if (PartFrom(element) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.ToImmutable();
    }

    public ImmutableArray<HeadPart> ReadLinks(string? header)
    {
        if (header is null)
        {
            return [];
        }

        var parts = ImmutableArray.CreateBuilder<HeadPart>();
        foreach (var link in LinkHeader.Parse(header))
        {
            if (parts.Count == MostLinks)
            {
                break;
            }

            if (PartFrom(link) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>The key of a head part as a layout or fragment writes it; null for what has none.</summary>
    public static (HeadPartKind Kind, string Key)? Identify(string element, Func<string, string?> attribute) => element switch
    {
        "title" => (HeadPartKind.Title, "title"),
        "meta" when attribute("http-equiv") is not null || attribute("charset") is not null => null,
        "meta" when (attribute("name") ?? attribute("property")) is { } name => name.Equals("viewport", StringComparison.OrdinalIgnoreCase)
            ? null
            : (HeadPartKind.Meta, MetaKey(name, attribute("media"))),
        "link" when attribute("href") is { } href => IdentifyLink((attribute("rel") ?? "").Trim().ToLowerInvariant(), href.Trim()),
        "script" when attribute("src") is { } source => (HeadPartKind.Script, "script " + source.Trim()),
        _ => null,
    };

    /// <summary>The key of a script that only holds data: the same words under another type or id are other data.</summary>
    public static string DataKey(string content, Func<string, string?> attribute) =>
        $"data {attribute("type")?.Trim().ToLowerInvariant()} {attribute("id")} {content.Trim()}";

    /// <summary>The key of a link that preloads a module.</summary>
    public static string ModulePreloadKey(string address) => "modulepreload " + address;

    // A colour for each of two themes is two metas of one name.
    private static string MetaKey(string name, string? media) => "meta " + name.Trim().ToLowerInvariant() + (media is null ? "" : " " + media.Trim().ToLowerInvariant());

    private static (HeadPartKind Kind, string Key)? IdentifyLink(string rel, string href) => rel switch
    {
        "canonical" => (HeadPartKind.Canonical, "canonical"),
        "stylesheet" => (HeadPartKind.Stylesheet, "stylesheet " + href),
        "modulepreload" or "preload" or "preconnect" or "dns-prefetch" => (HeadPartKind.Preload, $"{rel} {href}"),
        _ => (HeadPartKind.Link, $"{rel} {href}"),
    };

    private HeadPart? PartFrom(IElement element)
    {
        if (!_rules.MayStayInHead(element))
        {
            return null;
        }

        _rules.ApplyToAttributes(element);
        var name = element.LocalName;
        if (name == "style" && _addresses.RewriteStyle(element.TextContent) is { } style)
        {
            element.TextContent = style;
        }

        if (Identify(name, element.GetAttribute) is var (kind, key))
        {
            return new HeadPart(kind, key, Encoding.UTF8.GetBytes(element.ToHtml()));
        }

        return name switch
        {
            "style" => new HeadPart(HeadPartKind.Style, StyleKey + element.TextContent, Encoding.UTF8.GetBytes(element.ToHtml())),
            "script" => new HeadPart(HeadPartKind.Data, DataKey(element.TextContent, element.GetAttribute), Encoding.UTF8.GetBytes(element.ToHtml())),
            _ => null,
        };
    }

    private HeadPart? PartFrom(LinkHeader.Link link)
    {
        if (link.Rel is not ("stylesheet" or "modulepreload" or "preload" or "preconnect") || _origin.Trust < TrustLevel.App)
        {
            return null;
        }

        var address = _addresses.Rewrite(link.Address) ?? link.Address;

        // Only this site: a service may not make the page load from an origin that the operator has not named.
        if (address.Length == 0 || address[0] != '/' || address.StartsWith("//", StringComparison.Ordinal) || address.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var encoder = HtmlEncoder.Default;
        var html = $"<link rel=\"{link.Rel}\" href=\"{encoder.Encode(address)}\"";
        html += link.As is { } destination ? $" as=\"{encoder.Encode(destination)}\"" : "";
        html += link.CrossOrigin ? " crossorigin>" : ">";
        var (kind, key) = IdentifyLink(link.Rel, address)!.Value;
        return new HeadPart(kind, key, Encoding.UTF8.GetBytes(html));
    }
}
