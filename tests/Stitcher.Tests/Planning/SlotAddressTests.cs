using Stitcher.Planning;
using Xunit;

namespace Stitcher.Tests.Planning;

public sealed class SlotAddressTests
{
    [Theory]
    [InlineData("products/ProductCard")]
    [InlineData("products-2/Card.v2_new")]
    public void Service_and_fragment_stand_before_and_behind_the_slash(string source)
    {
        var address = SlotAddress.Parse(source, out var problem)!;
        Assert.Null(problem);
        Assert.Equal(source, $"{address.Service}/{address.Fragment}");
        Assert.Empty(address.Parameters);
    }

    [Theory]
    [InlineData("products/C?a=1&b=two+words&c=%C3%BC%26", "a=1|b=two words|c=ü&")]
    [InlineData("products/C?a=&b", "a=|b=")]
    [InlineData("products/C?a=x{id}y", "a=x(Route id)y")]
    [InlineData("products/C?a={query.page=1}", "a=(Query page = 1)")]
    [InlineData("products/C?a={query.page=}", "a=(Query page = )")]
    [InlineData("products/C?a={cookie.currency}&b={user.id}", "a=(Cookie currency)|b=(User id)")]
    [InlineData("products/C?&a=1&&", "a=1")]
    [InlineData("products/C?a=b=c", "a=b=c")]
    public void Parameters_are_text_and_places(string source, string parameters)
    {
        var address = SlotAddress.Parse(source, out var problem);
        Assert.Null(problem);
        Assert.Equal(parameters, string.Join('|', address!.Parameters.Select(p => $"{p.Name}={string.Concat(p.Value.Select(Describe))}")));
    }

    [Theory]
    [InlineData("products")]
    [InlineData("/ProductCard")]
    [InlineData("products/")]
    [InlineData("products/a/b")]
    [InlineData("http://products/ProductCard")]
    [InlineData("//products/ProductCard")]
    [InlineData("products/Product Card")]
    [InlineData("products/..%2f")]
    [InlineData("products\\ProductCard")]
    [InlineData("products/C#top")]
    [InlineData("prodücts/C")]
    public void What_is_no_address_is_told_with_what_was_expected(string source)
    {
        Assert.Null(SlotAddress.Parse(source, out var problem));
        Assert.StartsWith($"src=\"{source}\" is no address of a fragment; expected service/Fragment", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("products/C?a=1&a=2", "has the parameter 'a' twice")]
    [InlineData("products/C?=1", "has a parameter without a name")]
    [InlineData("products/C?{query.page}", "has a parameter without a name")]
    [InlineData("products/C?{id}=1", "has a parameter without a name")]
    [InlineData("products/C?a={id", "a '{' without its '}'")]
    [InlineData("products/C?a=id}", "a '}' without its '{'")]
    [InlineData("products/C?a={}", "'{}' is no place; expected {name} for a route value")]
    [InlineData("products/C?a={header.x}", "'{header.x}' is no place")]
    [InlineData("products/C?a={query.}", "'{query.}' is no place")]
    [InlineData("products/C?a={query.a.b}", "'{query.a.b}' is no place")]
    [InlineData("products/C?a={Query.a}", "'{Query.a}' is no place")]
    public void A_malformed_parameter_is_told(string source, string problem)
    {
        Assert.Null(SlotAddress.Parse(source, out var told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
        Assert.StartsWith($"src=\"{source}\"", told, StringComparison.Ordinal);
    }

    private static string Describe(ValuePart part) =>
        part.Text ?? $"({part.Source!.Kind} {part.Source.Name}{(part.Source.Default is { } fallback ? $" = {fallback}" : "")})";
}
