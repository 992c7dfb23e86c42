using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class NestedFragmentTests
{
    [Fact]
    public async Task A_fragment_may_have_slots_when_its_service_may()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", "<section><h2>Outer</h2><fragment src=\"inner/Inner?size=3\"><p>no inner</p></fragment></section>");
        service.Answers("/inner", "<p>inner</p>");
        await using var gateway = await StartAsync(service, nested: true);
        Assert.Contains("<section><h2>Outer</h2><p>inner</p></section>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains(service.Requests, r => r.Target == "/inner?size=3");
    }

    [Fact]
    public async Task V087_In_any_other_fragment_a_slot_is_inert()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", "<section><fragment src=\"inner/Inner\"></fragment><esi:include src=\"/inner\"></esi:include><!--#include virtual=\"/inner\" --></section>");
        await using var gateway = await StartAsync(service, nested: false);
        var page = await gateway.GetAsync("/");
        Assert.Contains("</fragment><esi:include", page, StringComparison.Ordinal);
        Assert.Equal(0, service.Count("/inner"));
    }

    [Fact]
    public async Task A_nested_fragment_that_fails_shows_its_slots_content()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", "<section><fragment src=\"inner/Inner\"><p>no inner</p></fragment></section>");
        service.Answers("/inner", Answer.Status(500));
        await using var gateway = await StartAsync(service, nested: true);
        Assert.Contains("<section><p>no inner</p></section>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_nested_in_itself_is_cut()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", "<div>a<fragment src=\"outer/Outer\"><p>cut</p></fragment></div>");
        await using var gateway = await StartAsync(service, nested: true);
        Assert.Contains("<div>a<p>cut</p></div>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(1, service.Count("/outer"));
    }

    [Theory]
    [InlineData(null, "<div>1<div>2<div>3end</div></div></div>")]
    [InlineData(2, "<div>1<div>2end</div></div>")]
    public async Task Fragments_stand_three_deep_in_each_other_or_as_deep_as_is_set_and_no_deeper(int? depth, string shown)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", request =>
        {
            var level = request.Target.Contains('?', StringComparison.Ordinal) ? int.Parse(request.Target.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture) : 1;
            return Answer.Html($"<div>{level}<fragment src=\"outer/Outer?level={level + 1}\">end</fragment></div>");
        });
        await using var gateway = await StartAsync(service, nested: true, depth: depth);
        Assert.Contains(shown, await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_no_more_slots_than_its_limit_however_they_are_nested()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", string.Concat(Enumerable.Range(0, 50).Select(i => $"<fragment src=\"inner/Inner?n={i}\">x</fragment>")));
        service.Answers("/inner", "<p>inner</p>");
        await using var gateway = await StartAsync(service, nested: true);
        await gateway.GetAsync("/");
        Assert.Equal(31, service.Count("/inner"));
    }

    [Fact]
    public async Task A_nested_slot_gets_nothing_of_the_request()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", "<div><fragment src=\"inner/Inner?secret={cookie.session}\"><p>refused</p></fragment></div>");
        service.Answers("/inner", "<p>inner</p>");
        await using var gateway = await StartAsync(service, nested: true);
        Assert.Contains("<div><p>refused</p></div>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(0, service.Count("/inner"));
    }

    [Fact]
    public async Task A_fallback_fragment_stands_in_for_one_that_fails()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/outer", Answer.Status(500));
        service.Answers("/inner", "<p>instead</p>");
        await using var gateway = await StartAsync(service, nested: false, "<fragment src=\"outer/Outer\" fallback-src=\"inner/Inner\" timeout=\"8s\"><p>own</p></fragment>");
        Assert.Contains("<p>instead</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        service.Answers("/inner", Answer.Status(500));
        Assert.Contains("<p>own</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(
        ScriptedService service, bool nested, string layout = "<main><fragment src=\"outer/Outer\" timeout=\"8s\"><p>own</p></fragment></main>", int? depth = null) =>
        GatewayUnderTest.StartAsync(setup => (depth is null ? setup : setup.Set("Stitcher:Limits:NestedDepth", depth.Value))
            .Service("outer", service.Address, "Outer=/outer").With("Nested", nested)
            .Service("inner", service.Address, "Inner=/inner")
            .Page("/", layout, ("Deadline", "10s")));
}
