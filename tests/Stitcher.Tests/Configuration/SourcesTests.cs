using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class SourcesTests
{
    private const string Sample = """
        {
          // Comments are welcome.
          "Stitcher": {
            "LayoutRoot": "pages",
            "Services": [
              { "Name": "products", "Trust": "App", "Manifest": "/.well-known/stitcher.json",
                "Fragments": [ { "Name": "Banner", "Path": "/banner.html?size={size}" } ], "Assets": [ "/img/{**path}", "/logo.svg" ] },
              { "Name": "users", "Cluster": "people" }
            ],
            "Pages": [
              { "Name": "catalog", "Route": "/", "Layout": "catalog.html" },
              { "Name": "product", "Route": "/products/{id:int}", "Layout": "product.html", "Delivery": "streamed", "Deadline": "1500ms" }
            ],
            "Limits": { "SlotsPerPage": 8 },
            "Cache": { "Bytes": 5000000000, "LongestFreshness": "00:30:00" },
            "Session": { "Lifetime": "30m" }
          }
        }
        """;

    [Fact]
    public void A_valid_section_is_read_whole_and_without_an_error()
    {
        using var files = ConfigurationFiles.With(Sample);
        var (options, errors) = files.Read("Development", "products", "people");

        Assert.Empty(errors);
        Assert.Equal("pages", options.LayoutRoot);
        Assert.Equal(("products", TrustLevel.App, "/.well-known/stitcher.json"), (options.Services[0].Name, options.Services[0].Trust, options.Services[0].Manifest));
        Assert.Equal(("Banner", "/banner.html?size={size}"), (options.Services[0].Fragments[0].Name, options.Services[0].Fragments[0].Path));
        Assert.Equal(["/img/{**path}", "/logo.svg"], options.Services[0].Assets);
        Assert.Equal(("people", TrustLevel.Markup), (options.Services[1].Cluster, options.Services[1].Trust));
        Assert.Equal((PageDelivery.Auto, TimeSpan.FromSeconds(2)), (options.Pages[0].Delivery, options.Pages[0].Deadline));
        Assert.Equal((PageDelivery.Streamed, TimeSpan.FromSeconds(1.5)), (options.Pages[1].Delivery, options.Pages[1].Deadline));
        Assert.Equal((8, 524_288), (options.Limits.SlotsPerPage, options.Limits.FragmentBytes));
        Assert.Equal((5_000_000_000, TimeSpan.FromMinutes(30)), (options.Cache.Bytes, options.Cache.LongestFreshness));
        Assert.Equal(TimeSpan.FromMinutes(30), options.Session.Lifetime);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("""{ "Stitcher": { } }""")]
    [InlineData("""{ "Stitcher": null }""")]
    [InlineData("""{ "Stitcher": { "Pages": [], "Services": [], "Cache": {}, "Limits": { "SlotsPerPage": null }, "Session": {}, "FormOrigins": [] } }""")]
    [InlineData("""{ "Somewhere": { "Else": true }, "$schema": "x" }""")]
    public void An_empty_section_is_valid_and_every_default_is_in_code(string json)
    {
        using var files = ConfigurationFiles.With(json);
        var (options, errors) = files.Read();
        Assert.Empty(errors);
        Assert.Equal(("layouts", 32, "http://127.0.0.1:3001"), (options.LayoutRoot, options.Limits.SlotsPerPage, options.Management.Url));
    }

    [Theory]
    [InlineData("", "/assets/{**path}")]
    [InlineData(""", "Assets": null""", "/assets/{**path}")]
    [InlineData(""", "Assets": []""")]
    [InlineData(""", "Assets": [ "/img/{**path}" ]""", "/img/{**path}")]
    public void A_list_that_is_written_replaces_its_default_even_when_it_is_empty(string assets, params string[] expected)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Services": [ { "Name": "products"{{assets}} } ] } }""");
        Assert.Equal(expected, files.Read(clusters: "products").Options.Services[0].Assets);
    }

    [Fact]
    public void A_later_file_and_the_environment_override_and_lists_merge_by_index()
    {
        const string prefix = "STITCHER_TEST_OVERRIDES_";
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Pages__1__Layout", "other.html");
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Pages__7__Name", "seventh");
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Pages__7__Route", "/seventh");
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Pages__7__Layout", "seventh.html");
        using var files = ConfigurationFiles.With(Sample)
            .And("appsettings.Development.json", """{ "Stitcher": { "Pages": [ { "Delivery": "Buffered" } ] } }""")
            .AndEnvironment(prefix);
        var (options, errors) = files.Read("Development", "products", "people");

        Assert.Empty(errors);
        Assert.Equal(["catalog", "product", "seventh"], options.Pages.Select(page => page.Name));
        Assert.Equal(PageDelivery.Buffered, options.Pages[0].Delivery);
        Assert.Equal("other.html", options.Pages[1].Layout);
    }

    [Fact]
    public void An_error_names_the_source_that_had_the_last_word()
    {
        const string prefix = "STITCHER_TEST_SOURCES_";
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Pages__4__Layout", "/x.html");
        Environment.SetEnvironmentVariable(prefix + "Stitcher__Limits__SlotsPerPage", "few");
        using var files = ConfigurationFiles.With("""{ "Stitcher": { "Limits": { "SlotsPerPage": "many", "FragmentDepth": "deep" }, "Cache": { "Bytes": "all" } } }""")
            .And("appsettings.Production.json", """{ "Stitcher": { "Cache": { "Bytes": "none" } } }""")
            .AndEnvironment(prefix)
            .AndCommandLine("--Stitcher:Federation:PollTimeout=soon");

        Assert.Equal(
            [
                "appsettings.Production.json, Stitcher:Cache:Bytes: 'none' does not fit; expected a whole number from 0 to 68719476736.",
                "command line, Stitcher:Federation:PollTimeout: 'soon' does not fit; expected a time from 50ms to 1m, written like '800ms', '2s', '1m', '1h' or '00:00:02'.",
                "appsettings.json, Stitcher:Limits:FragmentDepth: 'deep' does not fit; expected a whole number from 8 to 512.",
                "environment variable Stitcher__Limits__SlotsPerPage, Stitcher:Limits:SlotsPerPage: 'few' does not fit; expected a whole number from 1 to 1024.",
                "environment variable Stitcher__Pages__4, Stitcher:Pages:4:Name: is missing; expected a name for plans and logs.",
                "environment variable Stitcher__Pages__4, Stitcher:Pages:4:Route: is missing; expected an ASP.NET Core route pattern that begins with '/', such as '/products/{id:int}'.",
                "environment variable Stitcher__Pages__4__Layout, Stitcher:Pages:4:Layout: '/x.html' is not a plain path inside LayoutRoot; expected a file inside LayoutRoot, such as 'catalog.html'.",
            ],
            files.Read().Errors);
    }

    [Fact]
    public void Ten_mistakes_in_one_file_are_ten_errors_at_once()
    {
        using var files = ConfigurationFiles.With(
            """
            { "Stitcher": {
              "LayoutRoots": "layouts",
              "Services": [
                { "Name": "products", "Trust": "Full" },
                { "Name": "products", "Cluster": "products", "Manifest": "m.json" },
                { "Name": "users", "Cluster": "usres" }
              ],
              "Pages": [
                { "Name": "catalog", "Route": "/", "Layout": "../catalog.html" },
                { "Name": "product", "Route": "products", "Layout": "product.html", "Deadline": "2" },
                { "Name": "orders", "Route": "/orders" },
                { "Name": "history", "Route": "/Orders/", "Layout": "orders.html" }
              ]
            } }
            """);
        var errors = files.Read("Development", "products", "users").Errors;

        Assert.Equal(
            ["LayoutRoots", "Pages:1:Deadline", "Services:0:Trust", "Services:1:Manifest", "Services:2:Cluster", "Services:1:Name", "Pages:0:Layout", "Pages:1:Route", "Pages:2:Layout", "Pages:3:Route"],
            errors.Select(error => error.Split("Stitcher:", 2)[1].Split(": ", 2)[0]));
    }
}
