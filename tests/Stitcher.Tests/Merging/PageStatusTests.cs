using Microsoft.AspNetCore.Http;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Tests.Planning;
using Xunit;
using static Stitcher.Tests.Merging.SlotResults;

namespace Stitcher.Tests.Merging;

public sealed class PageStatusTests
{
    private static readonly PublicAddress Here = new("https", new HostString("shop.example"), "", "/here", QueryString.Empty);

    [Fact]
    public void A_page_whose_deciding_fragments_are_here_is_200() => Assert.Equal(new PageStatus(200, true), Status("primary", Shows("x")));

    [Fact]
    public void Nothing_to_show_on_purpose_is_200() => Assert.Equal(new PageStatus(200, true), Status("primary", ShowsNothing));

    [Theory]
    [InlineData(nameof(SlotFailure.Timeout))]
    [InlineData(nameof(SlotFailure.Connect))]
    [InlineData(nameof(SlotFailure.CircuitOpen))]
    [InlineData(nameof(SlotFailure.Refused))]
    [InlineData(nameof(SlotFailure.BadParameter))]
    public void An_optional_fragment_never_changes_the_status(string failure)
    {
        Assert.Equal(new PageStatus(200, true), Status("", Fails(Enum.Parse<SlotFailure>(failure))));
        Assert.Equal(new PageStatus(200, true), Status("", Answers(404)));
        Assert.Equal(new PageStatus(200, true), Status("", Answers(302, "/login")));
    }

    [Theory]
    [InlineData(nameof(SlotFailure.Timeout), 504)]
    [InlineData(nameof(SlotFailure.Connect), 502)]
    [InlineData(nameof(SlotFailure.Invalid), 502)]
    [InlineData(nameof(SlotFailure.Refused), 502)]
    [InlineData(nameof(SlotFailure.CircuitOpen), 503)]
    [InlineData(nameof(SlotFailure.UnknownFragment), 503)]
    public void A_deciding_fragment_that_fails_with_nothing_in_its_place_makes_the_gateways_own_page(string failure, int code)
    {
        foreach (var role in new[] { "primary", "required" })
        {
            Assert.Equal(new PageStatus(code, false, RetryAfter: 5), Status(role, Fails(Enum.Parse<SlotFailure>(failure))));
        }
    }

    [Theory]
    [InlineData(nameof(SlotFailure.Timeout))]
    [InlineData(nameof(SlotFailure.Connect))]
    [InlineData(nameof(SlotFailure.CircuitOpen))]
    public void With_content_in_its_place_the_page_is_shown_but_not_to_be_kept(string failure)
    {
        foreach (var role in new[] { "primary", "required" })
        {
            Assert.Equal(new PageStatus(503, true, RetryAfter: 5), Status(role, Fails(Enum.Parse<SlotFailure>(failure)), "Soon"));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("No such thing", true)]
    public void An_address_that_names_nothing_is_not_worth_trying_again(string content, bool composes) =>
        Assert.Equal(new PageStatus(404, composes), Status("primary", Fails(SlotFailure.BadParameter), content));

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(418)]
    [InlineData(451)]
    public void The_primarys_answer_is_the_pages(int status)
    {
        Assert.Equal(new PageStatus(status, true), Status("primary", Answers(status)));
        Assert.Equal(new PageStatus(502, false, RetryAfter: 5), Status("required", Answers(status)));
    }

    [Theory]
    [InlineData("9999", 60)]
    [InlineData("7", 7)]
    [InlineData("soon", 5)]
    [InlineData(null, 5)]
    public void Too_many_requests_says_when_to_come_back_within_reason(string? retryAfter, int seconds) =>
        Assert.Equal(new PageStatus(429, true, RetryAfter: seconds), Status("primary", Answers(429, retryAfter: retryAfter)));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public void The_primary_may_lead_to_another_page_of_this_site(int status) =>
        Assert.Equal(new PageStatus(status, false, "/login?back=%2F"), Status("primary", Answers(status, "/login?back=%2F")));

    [Theory]
    [InlineData("https://shop.example/login", "/login")]
    [InlineData("HTTPS://SHOP.example", "/")]
    [InlineData("https://shop.example?a", "/?a")]
    [InlineData("/here?a", "/here?a")]
    public void It_says_so_with_the_sites_own_address_or_with_a_path_and_the_browser_is_told_a_path(string location, string told) =>
        Assert.Equal(new PageStatus(302, false, told), Status("primary", Answers(302, location)));

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:x()")]
    [InlineData("/a\tb")]
    [InlineData("/a\r\nSet-Cookie: a=b")]
    [InlineData("/\u00fc")]
    [InlineData("/a b")]
    [InlineData("/here")]
    [InlineData("https://shop.example/here#part")]
    [InlineData("http://shop.example/login")]
    [InlineData("https://shop.example:8443/login")]
    [InlineData("https://user@shop.example/login")]
    [InlineData("https://shop.example//evil.example/")]
    [InlineData("login")]
    [InlineData("")]
    [InlineData(null)]
    public void It_may_lead_nowhere_else(string? location) =>
        Assert.Equal(new PageStatus(502, false, RetryAfter: 5), Status("primary", Answers(302, location)));

    [Fact]
    public void Only_the_primary_may_lead_elsewhere() => Assert.Equal(new PageStatus(502, false, RetryAfter: 5), Status("required", Answers(302, "/login")));

    [Fact]
    public void A_fragment_that_stands_in_for_a_deciding_one_makes_the_page_503() =>
        Assert.Equal(new PageStatus(503, true, RetryAfter: 5), Status("primary", Shows("x") with { Outcome = SlotOutcome.FallbackFragment }));

    [Fact]
    public void The_primary_speaks_before_the_required()
    {
        using var pages = new PlannedPages().Service("products", "Card=/card")
            .Page("<!doctype html><fragment src=\"products/Card\" required/><fragment src=\"products/Card\" primary/>");
        var plan = pages.First();
        Assert.Equal(404, PageStatus.For(plan, Of(plan, Fails(), Answers(404)), Here).Code);
        Assert.Equal(504, PageStatus.For(plan, Of(plan, Fails(), Shows("x")), Here).Code);
    }

    private static PageStatus Status(string role, FragmentResult result, string content = "")
    {
        using var pages = new PlannedPages().Service("products", "Card=/card").Page($"<!doctype html><fragment src=\"products/Card\" {role}>{content}</fragment>");
        var plan = pages.First();
        return PageStatus.For(plan, Of(plan, result), Here);
    }
}
