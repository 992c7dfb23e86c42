using System.Text;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

/// <summary>What stands in a fragment's own slot comes from its service: it is held and cleaned like the rest of the fragment.</summary>
public sealed class NestedContentTests
{
    [Theory]
    [InlineData("<p>Soon</p>", "<p>Soon</p>")]
    [InlineData("<p onclick=\"x()\">Soon</p><script>x()</script>", "<p>Soon</p>")]
    [InlineData("</article></div></main><p>Soon", "<p>Soon</p>")]
    [InlineData("<img src=\"wait.gif\">", "<img src=\"/_s/products/fragments/wait.gif\">")]
    public void It_is_compiled_for_its_place(string content, string shown) =>
        Assert.Equal(shown, Encoding.UTF8.GetString(Assert.Single(Compile($"<article><fragment src=\"users/Name\">{content}</fragment></article>").Markup!.Slots).Content.Span));

    [Theory]
    [InlineData("<p><fragment src=\"users/Name\"><div>Soon</div></fragment></p>")]
    [InlineData("<fragment src=\"users/Name\"><plaintext></fragment>")]
    public void What_cannot_stand_there_is_refused(string html) => Assert.NotNull(Compile(html).Refusal);

    [Fact]
    public void A_nested_slot_knows_what_is_open_around_it_inside_and_outside()
    {
        var slot = Assert.Single(Compile("<ul><li><fragment src=\"users/Name\"/></li></ul>").Markup!.Slots);
        Assert.Equal("html body main div section ul li", slot.Context.Ancestors);
    }

    private static MarkupResult Compile(string html) => new FragmentParser(new FakeTimeProvider()).Parse(
        Encoding.UTF8.GetBytes(html), new FragmentOrigin("products", TrustLevel.Markup, "/fragments/card", Nested: true), SlotInLayout.Places["main"].Context, SlotInLayout.Limits);
}
