using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Fragments;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests.Runtime;

/// <summary>The fragment with a module of the repository's readme, as its reader would try it.</summary>
public sealed partial class ReadmeFragmentTests(RealBrowser browser)
{
    [Fact]
    public async Task The_readmes_module_greets_whom_the_console_says_where_the_paragraph_stands()
    {
        var readme = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        using var folder = new TemporaryFolder();
        var file = folder.File("wwwroot/assets/hello.js");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Module().Matches(readme)[^1].Groups["code"].Value, TestContext.Current.CancellationToken);

        await using var window = await browser.OpenAsync();
        await using var service = Build(["--contentRoot", folder.Path, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None", "--hostBuilder:reloadConfigOnChange=false"]);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("greetings", service.Urls.Single()).With("Manifest", "/.well-known/stitcher.json").With("Trust", "App").With("Resilience:OptionalTimeout", "50s")
            .Set("Stitcher:Federation:PollInterval", "100ms")
            .Page("/hello/{name}", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Hello</title><link rel=\"icon\" href=\"data:,\"></head><body><main><fragment src=\"greetings/Hello?name={name}\"></fragment></main></body></html>", ("Deadline", "1m")));
        await Eventually.HoldsAsync(async () => (await gateway.GetAsync("/hello/Ada")).Contains("greetings/Hello\":", StringComparison.Ordinal), "the map has the module");

        await window.GoAsync(new Uri(gateway.Address, "/hello/Ada"));
        await Expect(window.Page.Locator(".hello[data-awake]")).ToHaveTextAsync("Hello, Ada!");
        await window.EvaluateAsync<bool>($"async () => {{ {ConsoleLine().Match(readme).Groups["code"].Value}; return true; }}");
        await Expect(window.Page.Locator(".hello[data-awake]")).ToHaveTextAsync("Hello, Grace!");
        Assert.Empty(window.Complaints);
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddFragments(options => options.Service = "greetings");

        var app = builder.Build();
        app.UseFragmentAssets();
        app.MapFragment("Hello", "/hello", (FragmentContext context, string name = "stranger") =>
                FragmentMarkup.Html($"<p class=\"hello\" {context.Marks()}>Hello, {name}!</p>"))
            .WithModule("hello.js", "default")
            .HydrateWhen("visible")
            .OpenToBrowsers();
        app.MapManifest();
        return app;
    }

    [GeneratedRegex(@"^```js\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Module();

    [GeneratedRegex(@"`(?<code>\(await import[^`]+)`")]
    private static partial Regex ConsoleLine();
}
