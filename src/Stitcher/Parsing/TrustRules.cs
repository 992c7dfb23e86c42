using System.Collections.Frozen;
using System.Collections.Immutable;
using AngleSharp.Dom;
using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>
/// Takes out of a fragment's tree what its service may not do in a page, and points its addresses at the service.
/// Says whether it changed anything: an unchanged tree is shown by the very bytes the service sent.
/// </summary>
internal sealed class TrustRules(FragmentOrigin origin, AddressRewriter addresses)
{
    /// <summary>Attributes that hold one address.</summary>
    public static readonly FrozenSet<string> AddressAttributes =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "href", "src", "action", "poster", "data", "formaction", "xlink:href");

    /// <summary>Attributes that hold a list of addresses.</summary>
    public static readonly FrozenSet<string> AddressSetAttributes = FrozenSet.Create("srcset", "imagesrcset");

    /// <summary>Attributes from which an animation puts an address into another.</summary>
    public static readonly FrozenSet<string> AnimatedAttributes = FrozenSet.Create("to", "from", "by", "values");

    /// <summary>
    /// Attributes by which a fragment gets beyond its slot: the gateway's browser modules run code for it, put what was said into the page, tell the whole page what
    /// a form's answer says, or show its words at others' failures; and a field or button becomes part of a form elsewhere, with what was typed there.
    /// </summary>
    public static readonly FrozenSet<string> ReachingAttributes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "data-module", "data-fragment", "data-topics", "data-live", "data-boundary-control", "form");

    // What is in the name of every type of script that a browser runs (HTML standard, "JavaScript MIME type").
    private static readonly string[] CodeTypes = ["javascript", "ecmascript", "jscript", "livescript"];

    // HTML's own white space; other blanks are part of a word.
    private static readonly char[] Blanks = [' ', '\t', '\n', '\f', '\r'];

    private static readonly FrozenSet<string> Drawings = FrozenSet.Create(
        StringComparer.Ordinal,
        "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", "text", "tspan", "textPath",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker");

    private readonly ImmutableArray<InlineCode>.Builder _inline = ImmutableArray.CreateBuilder<InlineCode>();

    /// <summary>Whose markup is judged.</summary>
    public FragmentOrigin Origin => origin;

    /// <summary>
    /// The styles that stayed. Never scripts: a hash taken from what a service sent would allow whatever somebody got into it.
    /// </summary>
    public ImmutableArray<InlineCode> Inline => _inline.ToImmutable();

    /// <returns>Whether the tree was changed.</returns>
    /// <exception cref="ParseRefusedException">The tree holds something that no removal makes harmless.</exception>
    public bool Apply(IElement element)
    {
        if (element.LocalName is "plaintext" or "frameset" or "frame")
        {
            throw new ParseRefusedException($"element: <{element.LocalName}> has no end that a browser would respect");
        }

        if (element.LocalName == "noscript" && element.InnerHtml.Contains("</noscript", StringComparison.OrdinalIgnoreCase))
        {
            throw new ParseRefusedException("context: something inside <noscript> ends it for a browser that runs scripts");
        }

        if (origin.Trust == TrustLevel.Markup && !IsPlain(element))
        {
            throw new ParseRefusedException($"trust: <{element.LocalName}> needs trust App; at Markup a drawing may hold shapes and text only, and nothing math");
        }

        if (!MayStay(element))
        {
            element.Remove();
            return true;
        }

        ReservedNames.Check(element);
        var changed = ApplyToAttributes(element);
        if (element.LocalName == "style")
        {
            if (addresses.RewriteStyle(element.TextContent) is { } style)
            {
                element.TextContent = style;
                changed = true;
            }

            _inline.Add(InlineCode.Of(isScript: false, element.TextContent));
        }

        return changed;
    }

    /// <summary>
    /// Whether a comment may stay. Browsers that know markers (<c>&lt;?start name=…&gt;</c>) patch content into them;
    /// a fragment's own would catch what is meant for a slot. To a parser that does not know them they are comments.
    /// </summary>
    public static bool MayStay(IComment comment) => !comment.Data.StartsWith('?');

    /// <summary>Whether the element may be a part of the page's head: title, meta, link, style and script, by the same trust.</summary>
    public bool MayStayInHead(IElement element) => element.LocalName switch
    {
        "title" or "meta" => true,
        "link" => element.GetAttribute("rel")?.Trim().ToLowerInvariant() is "canonical" or "alternate" or "icon" || LinkMayStay(element),
        "script" => IsLinkedData(element) || ScriptMayStay(element),
        "style" => origin.Trust >= TrustLevel.App,
        _ => false,
    };

    // Metas in another form, and no more able to do anything.
    private static bool IsLinkedData(IElement script) =>
        !script.HasAttribute("src") && string.Equals(script.GetAttribute("type")?.Trim(), HeadReader.LinkedData, StringComparison.OrdinalIgnoreCase);

    // Where HTML and other vocabularies meet, one parser's text has been another's element again and again. What is drawn is not in doubt.
    private static bool IsPlain(IElement element) => element.NamespaceUri == NamespaceNames.HtmlUri
        ? element.ParentElement is not { } parent || parent.NamespaceUri == NamespaceNames.HtmlUri
        : element.NamespaceUri == NamespaceNames.SvgUri && Drawings.Contains(element.LocalName);

    private bool MayStay(IElement element)
    {
        var isHtml = element.NamespaceUri == NamespaceNames.HtmlUri;
        return element.LocalName switch
        {
            "base" => false,
            "title" => !isHtml,
            "meta" => element.HasAttribute("itemprop") && !element.HasAttribute("http-equiv"),
            "link" => LinkMayStay(element),
            "script" => ScriptMayStay(element),
            "style" => origin.Trust >= TrustLevel.App,
            _ => true,
        };
    }

    private bool LinkMayStay(IElement link)
    {
        var rel = (link.GetAttribute("rel") ?? "").Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return rel.All(word => word.ToLowerInvariant() switch
        {
            "canonical" or "manifest" or "import" or "alternate" or "icon" => false,
            "modulepreload" or "preload" or "prefetch" or "preconnect" or "dns-prefetch" or "stylesheet" => origin.Trust >= TrustLevel.App,
            _ => true,
        });
    }

    private bool ScriptMayStay(IElement script)
    {
        var type = (script.GetAttribute("type") ?? "").Trim().ToLowerInvariant();
        if (type is "importmap" or "speculationrules")
        {
            return false;
        }

        var isCode = type is "" or "module" || CodeTypes.Any(word => type.Contains(word, StringComparison.Ordinal));

        // Each kind of script element knows its own attribute; with the other's, its inline code runs.
        var source = script.NamespaceUri == NamespaceNames.HtmlUri
            ? script.GetAttribute("src")
            : script.GetAttribute("href") ?? script.GetAttribute(NamespaceNames.XLinkUri, "href");
        var hasSource = source is not null && !IsScriptAddress(source) && !WithoutBlanks(source).StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return origin.Trust switch
        {
            TrustLevel.Trusted => true,
            TrustLevel.App => !isCode || hasSource,
            _ => false,
        };
    }

    /// <summary>Takes script out of the attributes and rewrites their addresses.</summary>
    /// <returns>Whether an attribute was changed.</returns>
    public bool ApplyToAttributes(IElement element)
    {
        var changed = false;
        for (var i = element.Attributes.Length - 1; i >= 0; i--)
        {
            var attribute = element.Attributes[i]!;
            var name = attribute.Name;
            var isHandler = name.StartsWith("on", StringComparison.OrdinalIgnoreCase);
            if (name == "for" && element.LocalName == "template")
            {
                // A template with a target is patched into the document by the browser, wherever the target is.
                element.RemoveAttribute(name);
                changed = true;
                continue;
            }

            if (origin.Trust == TrustLevel.Markup && ReachingAttributes.Contains(name))
            {
                element.RemoveAttribute(name);
                changed = true;
                continue;
            }

            if ((isHandler || name is "srcdoc" || IsScriptAddress(name, attribute.Value) || IsDrawingFromNowhere(element, attribute)) && origin.Trust < TrustLevel.Trusted)
            {
                element.RemoveAttribute(name);
                changed = true;
                continue;
            }

            var rewritten = Rewrite(name, attribute.Value);
            if (rewritten is not null)
            {
                attribute.Value = rewritten;
                changed = true;
            }
        }

        return changed;
    }

    private string? Rewrite(string name, string value) => name switch
    {
        _ when AddressAttributes.Contains(name) => addresses.Rewrite(value),
        _ when AddressSetAttributes.Contains(name) => addresses.RewriteSet(value),
        "style" => addresses.RewriteStyle(value),
        _ => null,
    };

    // Some browsers draw what a use element has in its own address, handlers included.
    private static bool IsDrawingFromNowhere(IElement element, IAttr attribute) =>
        element.LocalName == "use" && attribute.LocalName == "href" && WithoutBlanks(attribute.Value).StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    // Browsers skip blanks and control characters inside a scheme.
    private static bool IsScriptAddress(string name, string value) =>
        AddressAttributes.Contains(name)
            ? IsScriptAddress(value)
            : AnimatedAttributes.Contains(name) && value.Split(';').Any(IsScriptAddress);

    private static bool IsScriptAddress(string value) =>
        value.Contains(':', StringComparison.Ordinal) && WithoutBlanks(value).StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);

    private static string WithoutBlanks(string value) => string.Concat(value.Where(c => c > ' '));
}
