using System.Collections.Immutable;
using Stitcher.Planning;
using Xunit;

namespace Stitcher.Tests.Planning;

public sealed class TargetTemplateTests
{
    [Theory]
    [InlineData("/card", "p/C", "/card")]
    [InlineData("/card", "p/C?a=1&b=two words", "/card?a=1&b=two%20words")]
    [InlineData("/card/{id}", "p/C?id=7&a=1", "/card/7?a=1")]
    [InlineData("/card/{id:int}/{name=x}/{*rest}", "p/C?id=7&name=n&rest=r", "/card/7/n/r")]
    [InlineData("/{id}-{id}.html", "p/C?id=7", "/7-7.html")]
    [InlineData("/banner?size={size}", "p/C?size=big", "/banner?size=big")]
    [InlineData("/banner?size={size}", "p/C", "/banner")]
    [InlineData("/banner?theme=dark&size={size}&x=1", "p/C?y=2", "/banner?theme=dark&x=1&y=2")]
    [InlineData("/banner?theme=a%20b", "p/C?y=2", "/banner?theme=a%20b&y=2")]
    [InlineData("/banner?sort=-{by}", "p/C?by=p r", "/banner?sort=-p%20r")]
    [InlineData("/banner?", "p/C?y=2", "/banner?y=2")]
    [InlineData("/banner?empty=", "p/C?also=", "/banner?also=&empty=")]
    [InlineData("/s/{q}", "p/C?q=a%2Fb?%23%26", "/s/a%2Fb%3F%23%26")]
    [InlineData("/s", "p/C?ü=ö", "/s?%C3%BC=%C3%B6")]
    public void Fixed_parameters_fill_the_places_of_the_path_and_the_others_are_its_query(string path, string source, string target)
    {
        var template = Template(path, source);
        Assert.True(template.IsFixed);
        Assert.Equal(target, template.Expand([]));
    }

    [Theory]
    [InlineData("p/C?id={id}", "7", "/card/7")]
    [InlineData("p/C?id={id}", "a b/ü", "/card/a%20b%2F%C3%BC")]
    [InlineData("p/C?id={id}", "a&b=c?d#e", "/card/a%26b%3Dc%3Fd%23e")]
    [InlineData("p/C?id=x{id}y", "7", "/card/x7y")]
    [InlineData("p/C?id={query.id=9}", null, "/card/9")]
    [InlineData("p/C?id={query.id=9}", "7", "/card/7")]
    [InlineData("p/C?id=1&page={query.page}", "2", "/card/1?page=2")]
    [InlineData("p/C?id=1&page={query.page}", null, "/card/1")]
    [InlineData("p/C?id=1&page={query.page=3}", null, "/card/1?page=3")]
    [InlineData("p/C?id=1&page=p{query.page}", null, "/card/1")]
    [InlineData("p/C?id=1&x={cookie.x}", "\r\nHost: evil", "/card/1?x=%0D%0AHost%3A%20evil")]
    [InlineData("p/C?id={id}", "...", "/card/...")]
    [InlineData("p/C?id={id}", "100%", "/card/100%25")]
    public void A_requests_value_is_percent_encoded_and_one_that_is_missing_is_left_out(string source, string? value, string target) =>
        Assert.Equal(target, Template("/card/{id}", source).Expand([value]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("%2e")]
    [InlineData("%2E%2e")]
    [InlineData(".%2e")]
    [InlineData("%252e%252E")]
    [InlineData("%25252e.")]
    [InlineData("%2525252525252e")]
    public void A_place_of_the_path_without_a_value_that_can_stand_there_gives_no_address(string? value)
    {
        Assert.Null(Template("/card/{id}", "p/C?id={id}").Expand([value]));
        Assert.Null(Template("/card/{id}/x", "p/C?id={query.id}").Expand([value]));
    }

    [Theory]
    [InlineData("p/C")]
    [InlineData("p/C?id=")]
    [InlineData("p/C?id=..")]
    [InlineData("p/C?ID=7")]
    public void A_place_of_the_path_that_the_slot_does_not_fill_gives_no_address(string source) => Assert.Null(Template("/card/{id}", source).Expand([]));

    [Theory]
    [InlineData("p/C?id=7&a=b", true)]
    [InlineData("p/C?id={id}", false)]
    [InlineData("p/C?id=7&a={query.a=1}", false)]
    public void A_target_is_fixed_when_no_request_changes_it(string source, bool isFixed) => Assert.Equal(isFixed, Template("/card/{id}", source).IsFixed);

    [Theory]
    [InlineData("/card", "/card")]
    [InlineData("/card/{id}/small", "/card/-/small")]
    [InlineData("/card/{id}?size={size}", "/card/-")]
    public void The_paths_pattern_is_the_same_for_all_values(string path, string pattern) => Assert.Equal(pattern, Template(path, "p/C?id=7").PathPattern);

    // What a page's address parser would make of the target stays below the path that the operator wrote.
    [Fact]
    public void No_value_leaves_the_path_that_was_configured()
    {
        string[] values = ["..", "../x", "..\\x", "/x", "//x", "%2e%2e%2fx", "?x", "#x", ";x", "@x", ":x", "\t..", "..\n", "\u202e"];
        foreach (var value in values)
        {
            if (Template("/cards/{id}/end", "p/C?id={id}").Expand([value]) is { } target)
            {
                var uri = new Uri("http://service.example" + target);
                Assert.Equal("service.example", uri.Host);
                Assert.Matches("^/cards/[^/]+/end$", uri.AbsolutePath);
            }
        }
    }

    private static TargetTemplate Template(string path, string source)
    {
        var address = SlotAddress.Parse(source, out var problem);
        Assert.Null(problem);
        ImmutableArray<ValueSource> values = [.. address!.Parameters.SelectMany(p => p.Value).Select(v => v.Source).OfType<ValueSource>().Distinct()];
        return TargetTemplate.Create(path, address, values);
    }
}
