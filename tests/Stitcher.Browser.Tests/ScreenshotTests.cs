using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

[Collection(OpenShop.Name)]
public sealed class ScreenshotTests(RealBrowser browser, OpenShop open)
{
    private const int LargestBytes = 300 * 1024;

    private static readonly string File = Path.Combine(Repository.Root, "deploy", "screenshot.png");

    /// <summary>With <c>STITCHER_WRITE_SCREENSHOTS=1</c> the readme's picture is made anew; otherwise this only proves that it can be.</summary>
    [Fact]
    public async Task The_readmes_picture_shows_the_start_page()
    {
        await using var window = await browser.OpenAsync(new Look(1280, 840, false));
        await open.SignInAsync(window);
        await open.WholeAsync(window, "/");
        await window.EvaluateAsync<bool>("document.fonts.ready.then(() => true)");

        var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });

        Assert.InRange(picture.Length, 20 * 1024, LargestBytes);
        if (Environment.GetEnvironmentVariable("STITCHER_WRITE_SCREENSHOTS") == "1")
        {
            await System.IO.File.WriteAllBytesAsync(File, picture, TestContext.Current.CancellationToken);
        }

        Assert.True(System.IO.File.Exists(File), $"{File} is missing: run this test with STITCHER_WRITE_SCREENSHOTS=1.");
        Assert.InRange(new FileInfo(File).Length, 20 * 1024, LargestBytes);
    }
}
