using System.Net;
using AngleSharp.Dom;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>What every fragment owes the page it stands in.</summary>
public sealed class FragmentConductTests(ShopServices shop)
{
    public static TheoryData<string, string> Fragments => new()
    {
        { "products", "/fragments/product-catalog" },
        { "products", "/fragments/product-catalog?readonly=true&compact=true" },
        { "products", "/fragments/product-catalog?category=none" },
        { "products", "/fragments/product-card?id=1" },
        { "products", "/fragments/product-card?id=999" },
        { "products", "/fragments/product-card?compact=true" },
        { "products", "/fragments/product-search" },
        { "products", "/fragments/product-search?q=mug" },
        { "products", "/fragments/products-page" },
        { "products", "/fragments/products-page?search=nothing-of-the-kind" },
        { "products", "/fragments/products-admin" },
        { "products", "/fragments/product-form" },
        { "products", "/fragments/product-form?id=7" },
        { "products", "/fragments/product-form?id=7&remove=true" },
        { "products", "/fragments/category-manager" },
        { "users", "/fragments/user-profile" },
        { "users", "/fragments/user-profile?compact=true" },
        { "users", "/fragments/user-profile?userId=2" },
        { "users", "/fragments/login-form" },
        { "users", "/fragments/user-preferences" },
        { "orders", "/fragments/order-history" },
        { "orders", "/fragments/order-history?compact=true" },
        { "orders", "/fragments/order-summary" },
        { "orders", "/fragments/order-summary?orderId=1" },
        { "orders", "/fragments/order-summary?orderId=2" },
        { "orders", "/fragments/payment-form" },
        { "orders", "/fragments/cart-badge" },
        { "analytics", "/fragments/analytics-dashboard" },
        { "analytics", "/fragments/analytics-dashboard?compact=true" },
    };

    [Theory]
    [MemberData(nameof(Fragments))]
    public async Task A_strict_content_security_policy_has_nothing_to_refuse(string service, string path)
    {
        var answer = await FragmentAnswer.OfAsync(shop[service], path, IdentityToken.For(service, "1", "admin"));

        Assert.Equal(0, answer.Count("script, style, [style], base, iframe, object, embed, meta[http-equiv]"));
        Assert.All(answer.Page.All, element => Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public async Task Files_are_addressed_relative_to_the_fragment_and_pages_from_the_root(string service, string path)
    {
        var answer = await FragmentAnswer.OfAsync(shop[service], path, IdentityToken.For(service, "1", "admin"));

        var files = answer.Page.QuerySelectorAll("[src]").Select(element => element.GetAttribute("src")!).Concat(Styles(answer)).ToArray();
        foreach (var file in files)
        {
            Assert.StartsWith("../", file, StringComparison.Ordinal);
            var address = new Uri(new Uri(shop[service].Address, path), file);
            Assert.StartsWith("/assets/", address.AbsolutePath, StringComparison.Ordinal);
            using var response = await shop[service].Client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.NotEmpty(Styles(answer));
        Assert.All(answer.Page.Links, link => Assert.StartsWith("/", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public async Task Nothing_in_a_fragment_can_collide_with_the_rest_of_its_page(string service, string path)
    {
        var answer = await FragmentAnswer.OfAsync(shop[service], path, IdentityToken.For(service, "1", "admin"));

        var root = Assert.Single(answer.Page.Body!.Children);
        Assert.NotEmpty(root.ClassList);
        Assert.All(answer.Page.QuerySelectorAll("[id]"), element => Assert.StartsWith($"{root.ClassList[0]}-", element.Id, StringComparison.Ordinal));
        Assert.Equal(answer.Count("[id]"), answer.Page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        foreach (var style in Styles(answer))
        {
            var sheet = await shop[service].Client.GetStringAsync(new Uri(new Uri(shop[service].Address, path), style), TestContext.Current.CancellationToken);
            Assert.All(Selectors(sheet), selector => Assert.Matches(
                @"^\.(products?-[a-z]+|stockroom|user-profile|login-form|user-preferences|order-history|order-summary|order-progress|payment-form|cart-badge|analytics-dashboard)\b", selector));
        }
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public async Task Everybody_can_read_a_fragment(string service, string path)
    {
        var answer = await FragmentAnswer.OfAsync(shop[service], path, IdentityToken.For(service, "1", "admin"));

        Assert.All(answer.Page.QuerySelectorAll("img"), picture => Assert.True(picture.HasAttribute("alt"), picture.OuterHtml));
        Assert.All(answer.Page.QuerySelectorAll("img"), picture => Assert.True(picture.HasAttribute("width") && picture.HasAttribute("height"), picture.OuterHtml));
        Assert.All(answer.Page.QuerySelectorAll("svg"), drawing =>
            Assert.True(drawing.GetAttribute("aria-hidden") == "true" || drawing.HasAttribute("aria-label"), drawing.OuterHtml));
        Assert.All(answer.Page.QuerySelectorAll("a"), link => Assert.NotEmpty(link.TextContent.Trim()));
        Assert.All(answer.Page.QuerySelectorAll("nav, section"), place =>
            Assert.True(place.HasAttribute("aria-label") || place.QuerySelector("h1") is not null, place.OuterHtml[..40]));
    }

    private static string[] Styles(FragmentAnswer answer) => answer.Link.Split(',', StringSplitOptions.TrimEntries)
        .Where(link => link.Contains("rel=stylesheet", StringComparison.Ordinal))
        .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)])
        .ToArray();

    /// <summary>The first line of each rule at any depth; at-rules themselves are left out.</summary>
    private static IEnumerable<string> Selectors(string sheet) => sheet.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Contains('{', StringComparison.Ordinal))
        .SelectMany(line => line.StartsWith('@') ? line[(line.IndexOf('{', StringComparison.Ordinal) + 1)..].Split('{')[..^1] : [line.Split('{')[0]])
        .SelectMany(list => list.Split(','))
        .Select(selector => selector.Trim())
        .Where(selector => selector.Length > 0);
}
