using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>What stands inside a fragment has modules as well, and no layout names them.</summary>
public sealed class NestedModuleTests
{
    private const string Card = "import \"./part.js\";\nexport default 'card';\n";
    private const string Part = "export default 'part';\n";

    [Theory]
    [InlineData("", true)]
    [InlineData(", \"hydrate\": \"load\"", true)]
    [InlineData(", \"hydrate\": \"visible\"", false)]
    public async Task The_module_of_a_fragment_inside_a_fragment_is_fetched_ahead_with_the_page_unless_it_starts_later(string hydrate, bool isAhead)
    {
        await using var inner = (await ScriptedService.StartAsync()).Answers("/inner", "<p>inner</p>");
        await using var gateway = await StartAsync(inner, hydrate);

        var page = await gateway.PageWithAsync("inner/Card");
        await Eventually.HoldsAsync(async () => (page = await gateway.GetAsync("/")).Contains("<section><p>inner</p>", StringComparison.Ordinal), "the inner fragment is shown");

        var element = $"<link rel=\"modulepreload\" href=\"/_s/inner/~r1/card.js\" integrity=\"{FederatedServices.Integrity(Card)}\">";
        Assert.Equal(isAhead ? 2 : 1, page.Split(element).Length);
        Assert.Equal(isAhead ? 2 : 1, page.Split("href=\"/_s/inner/~r1/part.js\"").Length);
        Assert.True(!isAhead || (page.IndexOf("type=\"importmap\"", StringComparison.Ordinal) < page.IndexOf(element, StringComparison.Ordinal) && page.IndexOf(element, StringComparison.Ordinal) < page.IndexOf("</head>", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_module_of_one_that_is_not_there_is_not()
    {
        await using var inner = (await ScriptedService.StartAsync()).Answers("/inner", Answer.Status(500));
        await using var gateway = await StartAsync(inner, "");

        Assert.DoesNotContain("modulepreload", await gateway.PageWithAsync("inner/Card"), StringComparison.Ordinal);
    }

    private static async Task<GatewayUnderTest> StartAsync(ScriptedService inner, string hydrate)
    {
        inner.Publishes("inner", "r1", $$""" "exposes": [ { "key": "./Card", "module": "card.js", "fragment": "/inner"{{hydrate}} } ] """, ("card.js", Card), ("part.js", Part));
        inner.Answers("/outer", "<section><fragment src=\"inner/Card\">no inner</fragment></section>");
        return await GatewayUnderTest.StartAsync(setup => setup
            .Federated("inner", inner)
            .Service("outer", inner.Address, "Outer=/outer").With("Nested", true)
            .Page("/", "<main><fragment src=\"outer/Outer\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s")));
    }
}
