using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class AddressRewriterTests
{
    // What RFC 3986, section 5.4, makes of a reference, below the service's public base.
    [Theory]
    [InlineData("assets/a.png", "/_s/products/fragments/assets/a.png")]
    [InlineData("./a.css", "/_s/products/fragments/a.css")]
    [InlineData("../x", "/_s/products/x")]
    [InlineData("../../../x", "/_s/products/x")]
    [InlineData("a/../b", "/_s/products/fragments/b")]
    [InlineData(".", "/_s/products/fragments/")]
    [InlineData("a.js?v=1#top", "/_s/products/fragments/a.js?v=1#top")]
    [InlineData("  a.png\n", "/_s/products/fragments/a.png")]
    [InlineData("a:b/c", null)]
    [InlineData("a/b:c", "/_s/products/fragments/a/b:c")]
    [InlineData("über.png", "/_s/products/fragments/%C3%BCber.png")]
    [InlineData("a%20b.png", "/_s/products/fragments/a%20b.png")]
    [InlineData("/products/7", null)]
    [InlineData("//cdn.example/x", null)]
    [InlineData("\\\\cdn.example\\x", null)]
    [InlineData("https://cdn.example/x", null)]
    [InlineData("HTTP:x", null)]
    [InlineData("mailto:a@b.example", null)]
    [InlineData("data:,x", null)]
    [InlineData("#top", null)]
    [InlineData("?page=2", null)]
    [InlineData("", null)]
    public void Only_a_path_relative_address_is_put_below_the_services_public_base(string address, string? rewritten) =>
        Assert.Equal(rewritten, For("/fragments/card").Rewrite(address));

    [Theory]
    [InlineData("/", "/_s/products/a.png")]
    [InlineData("/card", "/_s/products/a.png")]
    [InlineData("/cards/", "/_s/products/cards/a.png")]
    [InlineData("/cards/-/small", "/_s/products/cards/-/a.png")]
    public void The_fragments_own_path_is_what_an_address_is_relative_to(string path, string rewritten) =>
        Assert.Equal(rewritten, For(path).Rewrite("a.png"));

    [Theory]
    [InlineData("a.png 1x, /b.png 2x", "/_s/products/fragments/a.png 1x, /b.png 2x")]
    [InlineData("a.png", "/_s/products/fragments/a.png")]
    [InlineData("a.png,b.png 2x", "/_s/products/fragments/a.png,b.png 2x")]
    [InlineData("a.png, b.png 640w", "/_s/products/fragments/a.png, /_s/products/fragments/b.png 640w")]
    [InlineData("data:image/gif;base64,AAAA 1x, a.png 2x", "data:image/gif;base64,AAAA 1x, /_s/products/fragments/a.png 2x")]
    [InlineData(" , a.png  1x , ", "/_s/products/fragments/a.png 1x")]
    [InlineData("/a.png 1x, /b.png 2x", null)]
    [InlineData("", null)]
    public void Each_address_of_a_set_is_judged_alone(string set, string? rewritten) => Assert.Equal(rewritten, For("/fragments/card").RewriteSet(set));

    [Theory]
    [InlineData("background:url(a.png)", "background:url(/_s/products/fragments/a.png)")]
    [InlineData("background:URL( 'a.png' ) no-repeat", "background:URL('/_s/products/fragments/a.png') no-repeat")]
    [InlineData("a{b:url(\"x)y.png\")}c{d:url(/z)}", "a{b:url(\"/_s/products/fragments/x)y.png\")}c{d:url(/z)}")]
    [InlineData("background:url(/a.png)", null)]
    [InlineData("background:url(#g)", null)]
    [InlineData("background:url('a.png", null)]
    [InlineData("color:red", null)]
    public void Addresses_in_styles_are_found(string style, string? rewritten) => Assert.Equal(rewritten, For("/fragments/card").RewriteStyle(style));

    [Theory]
    [InlineData("<a href=\"more\">x</a>", "<a href=\"/_s/products/fragments/more\">x</a>")]
    [InlineData("<img src=\"a.png\" srcset=\"b.png 2x\">", "<img src=\"/_s/products/fragments/a.png\" srcset=\"/_s/products/fragments/b.png 2x\">")]
    [InlineData("<form action=\"buy\"><button formaction=\"keep\">x</button></form>", "<form action=\"/_s/products/fragments/buy\"><button formaction=\"/_s/products/fragments/keep\">x</button></form>")]
    [InlineData("<video poster=\"p.jpg\"></video>", "<video poster=\"/_s/products/fragments/p.jpg\"></video>")]
    [InlineData("<object data=\"d.svg\"></object>", "<object data=\"/_s/products/fragments/d.svg\"></object>")]
    [InlineData("<p style=\"background:url(a.png)\">x</p>", "<p style=\"background:url(/_s/products/fragments/a.png)\">x</p>")]
    [InlineData("<svg><use href=\"i.svg#a\"></use></svg>", "<svg><use href=\"/_s/products/fragments/i.svg#a\"></use></svg>")]
    [InlineData("<svg><use xlink:href=\"i.svg#a\"></use></svg>", "<svg><use xlink:href=\"/_s/products/fragments/i.svg#a\"></use></svg>")]
    [InlineData("<template><img src=\"a.png\"></template>", "<template><img src=\"/_s/products/fragments/a.png\"></template>")]
    [InlineData("<noscript><img src=\"a.png\"></noscript>", "<noscript><img src=\"/_s/products/fragments/a.png\"></noscript>")]
    [InlineData("<p title=\"a.png\" data-src=\"a.png\">a.png</p>", "<p title=\"a.png\" data-src=\"a.png\">a.png</p>")]
    public void Every_attribute_that_holds_an_address_is_rewritten_and_no_other(string html, string shown) =>
        Assert.Equal(shown, SlotInLayout.Places["main"].Show(html));

    [Fact]
    public void A_style_elements_addresses_are_rewritten() =>
        Assert.Equal("<style>p{background:url(/_s/products/fragments/a.png)}</style>", SlotInLayout.Places["main"].Show("<style>p{background:url(a.png)}</style>", TrustLevel.App));

    private static AddressRewriter For(string path) => new(new FragmentOrigin("products", TrustLevel.Markup, path));
}
