using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Stitcher.Parsing;

/// <summary>
/// Names that an element of a fragment may not have, because scripts of the page would find the element instead of what they mean:
/// a form named <c>cookie</c> stands in front of <c>document.cookie</c> (HTML, 3.1.7, legacy override), and any element whose id is
/// no name of the window's becomes one (HTML, 7.2.2.3).
/// </summary>
internal static class ReservedNames
{
    // What the gateway's own scripts may call theirs.
    private const string Own = "stitcher";

    /// <summary>The properties of a document in today's browsers, its handlers (<c>on…</c>) apart.</summary>
    public static readonly FrozenSet<string> OfDocument = FrozenSet.Create(
        StringComparer.Ordinal,
        ("URL __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ activeElement activeViewTransition addEventListener adoptNode "
        + "adoptedStyleSheets alinkColor all anchors append appendChild applets ariaNotify baseURI bgColor body captureEvents caretPositionFromPoint "
        + "caretRangeFromPoint characterSet charset childElementCount childNodes children clear cloneNode close compareDocumentPosition compatMode constructor "
        + "contains contentType cookie createAttribute createAttributeNS createCDATASection createComment createDocumentFragment createElement createElementNS "
        + "createEvent createExpression createNSResolver createNodeIterator createProcessingInstruction createRange createTextNode createTreeWalker currentScript "
        + "customElementRegistry defaultView designMode dir dispatchEvent doctype documentElement documentURI domain elementFromPoint elementsFromPoint embeds "
        + "evaluate execCommand exitFullscreen exitPictureInPicture exitPointerLock featurePolicy fgColor firstChild firstElementChild fonts forms fragmentDirective "
        + "fullscreen fullscreenElement fullscreenEnabled getAnimations getElementById getElementsByClassName getElementsByName getElementsByTagName "
        + "getElementsByTagNameNS getRootNode getSelection hasChildNodes hasFocus hasOwnProperty hasStorageAccess hasUnpartitionedCookieAccess head hidden images "
        + "implementation importNode inputEncoding insertBefore isConnected isDefaultNamespace isEqualNode isPrototypeOf isSameNode lastChild lastElementChild "
        + "lastModified linkColor links location lookupNamespaceURI lookupPrefix moveBefore nextSibling nodeName nodeType nodeValue normalize open ownerDocument "
        + "parentElement parentNode pictureInPictureElement pictureInPictureEnabled plugins pointerLockElement prepend prerendering previousSibling "
        + "propertyIsEnumerable queryCommandEnabled queryCommandIndeterm queryCommandState queryCommandSupported queryCommandValue querySelector querySelectorAll "
        + "readyState referrer releaseEvents removeChild removeEventListener replaceChild replaceChildren requestStorageAccess rootElement scripts scrollingElement "
        + "startViewTransition styleSheets textContent timeline title toLocaleString toString valueOf visibilityState vlinkColor wasDiscarded write writeln "
        + "xmlEncoding xmlStandalone xmlVersion").Split(' '));

    /// <exception cref="ParseRefusedException">The element has one.</exception>
    public static void Check(IElement element)
    {
        Check(element, "id", element.LocalName is "object" or "img");
        Check(element, "name", element.LocalName is "embed" or "form" or "iframe" or "img" or "object");
    }

    private static void Check(IElement element, string attribute, bool standsBeforeTheDocuments)
    {
        var value = element.GetAttribute(attribute);
        if (value is not null && (value.StartsWith(Own, StringComparison.Ordinal) || (standsBeforeTheDocuments && OfDocument.Contains(value))))
        {
            throw new ParseRefusedException($"reserved: <{element.LocalName} {attribute}=\"{value}\"> would be found by scripts of the page that mean something else");
        }
    }
}
