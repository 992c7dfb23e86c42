namespace Stitcher.Containment.Tests;

/// <summary>Markup that has meant something else to a browser than to those who looked at it before. What it wants to run is <c>parent.hit</c>.</summary>
internal static class MutatingMarkup
{
    private const string Live = "<img src=x onerror=parent.hit(1)>";

    public static IReadOnlyList<string> All { get; } =
    [
        // Where formulas, drawings and HTML meet.
        $"<form><math><mtext></form><form><mglyph><style></math>{Live}",
        $"<math><mtext><table><mglyph><style><!--</style>{Live}-->",
        $"<math><mtext><table><mglyph><style><math><!--{Live}--></style>",
        $"<svg></p><style><a id=\"</style>{Live}\">",
        $"<svg><style><!--</style>{Live}--></style></svg>",
        $"<svg><title><style><!--</style></title>{Live}",
        $"<svg><p><style><g title=\"</style>{Live}\">",
        $"<math><annotation-xml encoding=\"text/html\"><style><img title=\"</style>{Live}\"></style></annotation-xml></math>",
        $"<math><annotation-xml><style><p title=\"</style>{Live}\">",
        $"<svg><desc><noembed><style></noembed></style>{Live}",
        $"<svg><foreignObject><math><mi><style></mi></math>{Live}</style>",
        $"<math><mi><mglyph><svg><mtext><style><path id=\"</style>{Live}\">",
        $"<svg><mtext><noscript><p title=\"</noscript>{Live}\">",
        $"<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title=\"</style>{Live}\"></style></h1>",

        // Text to one, markup to the other.
        $"<noscript><p title=\"</noscript>{Live}\">",
        $"<noscript><!--</noscript>{Live}-->",
        $"<noscript><style></noscript>{Live}</style></noscript>",
        $"<noembed><p title=\"</noembed>{Live}\"></noembed>",
        $"<noframes><p title=\"</noframes>{Live}\"></noframes>",
        $"<iframe><p title=\"</iframe>{Live}\"></iframe>",
        $"<xmp><p title=\"</xmp>{Live}\"></xmp>",
        $"<textarea><p title=\"</textarea>{Live}\"></textarea>",
        $"<title><p title=\"</title>{Live}\"></title>",
        $"<select><style></select>{Live}</style></select>",
        $"<select><textarea></select>{Live}</textarea></select>",
        $"<template><style></template>{Live}</style></template>",
        $"<style><img title=\"</style>{Live}\"></style>",

        // Ends of comments and of what looks like one.
        $"<!--><img title=\"-->{Live}\">",
        $"<!--->{Live}-->",
        $"<!--x--!>{Live}-->",
        $"<!x{Live}>",
        $"<?x {Live}?>",
        $"</ x{Live}>",
        $"<svg><![CDATA[><image xlink:href=\"]]>{Live}\">",
        $"<math><![CDATA[</math>{Live}]]></math>",
        $"<![CDATA[<!--]]>{Live}-->",
        $"<!--[if gte IE 4]>{Live}<![endif]-->",

        // Attributes and names that fall apart when they are written.
        $"<p title=`{Live}`>x</p>",
        $"<p a=\"'><{Live}\">x</p>",
        $"<a<b title='{Live}'>x</a<b>",
        "<img src=x / onerror = parent.hit(1)>",
        "<img/src=x/onerror=parent.hit(1)>",
        "<img src=x \u000Conerror\n=\nparent.hit(1)>",
        "<p <img src=x onerror=parent.hit(1)>",
        "<image src=x onerror=parent.hit(1)>",
        "<details open ontoggle=parent.hit(1)>x</details>",
        "<video><source onerror=parent.hit(1)></video>",
        "<svg onload=parent.hit(1)></svg>",
        "<body onload=parent.hit(1)>",
        "<iframe onload=parent.hit(1)></iframe>",
        "<iframe srcdoc=\"<script>parent.parent.hit(1)</script>\"></iframe>",
        "<iframe src=\"javascript:parent.parent.hit(1)\"></iframe>",
        "<script>parent.hit(1)</script>",
        "<svg><script>parent.hit(1)</script></svg>",
        "<svg><script href=\"data:,parent.hit(1)\"/></svg>",
        "<svg><animate onbegin=parent.hit(1) attributeName=x dur=1s></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='parent.hit(1)'/></svg>#x\"/></svg>",
        "<object data=\"javascript:parent.hit(1)\"></object>",
        "<embed src=\"javascript:parent.hit(1)\">",
        "<style>@import 'javascript:parent.hit(1)';</style>",
        "<x-a><template shadowrootmode=open><img src=x onerror=parent.hit(1)></template></x-a>",
        "<input autofocus onfocus=parent.hit(1)>",
        "<marquee onstart=parent.hit(1)>x</marquee>",
    ];
}
