using System.Diagnostics;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>What the shop's services tell one another in the browser, as a team that writes TypeScript gets to know it.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class EndToEndTopicsTests(EndToEndShop open)
{
    [Fact]
    public async Task Every_topic_of_the_shop_has_the_type_that_its_manifest_says()
    {
        var types = await WriteAsync();

        Assert.All(
            (string[])
            [
                "\"product:selected\": { id: number; name: string; cents: number };",
                "\"product:updated\": { id: number };",
                "\"user:logged-in\": { id: string; name: string };",
                "\"user:logged-out\": null;",
                "\"user:changed\": { id: string; name: string; role: string | null } | null;",
                "\"cart:item-added\": { id: number; name: string; quantity: number };",
                "\"theme:changed\": 'light' | 'dark' | 'system';",
                "\"selectedProducts\": number[];",
                "\"shoppingCart\": { id: number; name: string; quantity: number; cents: number }[];",
            ],
            line => Assert.Contains(line, types, StringComparison.Ordinal));
        Assert.All(
            (string[])["currentUser", "userPreferences", "theme", "locale", "currentRoute", "breadcrumbs"],
            topic => Assert.Matches($"\"{topic}\": (?!unknown)[^ ]", types));
        Assert.DoesNotContain("\": unknown;", types, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync()
    {
        var tool = Path.Combine(Repository.Root, "src/Stitcher.Tool", Repository.BuildOutput, "stitcher-cli.dll");
        var start = new ProcessStartInfo("dotnet", [tool, "federation", "types", "--against", open.Shop.Management.AbsoluteUri]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var types = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return types;
    }
}
