using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Stitcher.Browser.Tests.RealBrowser))]

namespace Stitcher.Browser.Tests;

/// <summary>The machine's own Chromium, once as it is and once without the parts of HTML that are too young for other browsers.</summary>
/// <remarks>Where there is none, a test that needs it is skipped; it fails instead when <c>STITCHER_TESTS_REQUIRE</c> contains <c>browser</c>.</remarks>
public sealed class RealBrowser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // No sandbox: tests often run as root or in a container, where it cannot start. The rest keeps it from talking to anybody but the tests.
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",

        // A window of these tests shows one site: processes kept ready for others cost an eighth of the processor's time.
        "--process-per-site", "--disable-site-isolation-trials",
    ];

    // Blink's names for <?start>…<?end> and for <template for>.
    private const string WithoutPatching = "--disable-blink-features=DocumentPatching,HTMLProcessingInstruction";

    // A tab may stand still for seconds on a busy machine. That is no module that does not come, and no style sheet either: the times after which
    // @stitcher/live gives them up are made long. A fragment's own data-timeout stays.
    private const string Patience =
        """
        (() => {
          const wait = self.setTimeout;
          const patient = { 3000: 60000, 5000: 60000 };
          self.setTimeout = (act, time, ...more) => wait(act, patient[time] ?? time, ...more);
        })();
        """;

    private IPlaywright? _playwright;
    private IBrowser? _native;
    private IBrowser? _older;

    /// <summary>Whether there is a browser to test with.</summary>
    public static bool IsInstalled => Executable is not null;

    private static string? Executable { get; } = Array.Find(Places, File.Exists);

    private static bool IsRequired =>
        (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("browser", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout((float)TestKit.Eventually.Deadline.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _native = await LaunchAsync(Switches);
        _older = await LaunchAsync([.. Switches, WithoutPatching]);
    }

    /// <summary>A window of its own, with nothing remembered from others.</summary>
    /// <param name="look">Its size and colours.</param>
    /// <param name="isOlder">A browser that cannot patch a document by itself.</param>
    /// <param name="withScript">False for readers who have switched JavaScript off.</param>
    internal async Task<Window> OpenAsync(Look? look = null, bool isOlder = false, bool withScript = true)
    {
        var browser = isOlder ? _older : _native;
        if (browser is null)
        {
            var sentence = $"No browser: none of {string.Join(", ", Places)} is there; install Debian's package chromium.";
            Assert.SkipUnless(IsRequired, sentence);
            Assert.Fail(sentence);
        }

        var (width, height, isDark) = look ?? Look.Wide;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = withScript,
        });
        await context.AddInitScriptAsync(Patience);
        return new Window(context, await context.NewPageAsync(), withScript);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_native is not null)
        {
            await _native.DisposeAsync();
        }

        if (_older is not null)
        {
            await _older.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync(string[] switches) =>
        await _playwright!.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = switches, Timeout = 120_000 });
}
