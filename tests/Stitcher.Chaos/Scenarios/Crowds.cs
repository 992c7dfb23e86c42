using System.Diagnostics;

namespace Stitcher.Chaos.Scenarios;

/// <summary>What goes on beside the load in some scenarios.</summary>
internal static class Crowds
{
    /// <summary>The figure that <see cref="BrowserAsync"/> takes.</summary>
    public const string CookieBytes = "bytes of a browser's request headers";

    private const int CrowdSize = 2_000;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(100);

    /// <summary>Many readers who ask for page after page for a while.</summary>
    public static async Task CrowdAsync(ScenarioStage stage, TimeSpan length)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, CrowdSize).Select(async number =>
        {
            while (watch.Elapsed < length)
            {
                var (answer, _, _) = await stage.Client.AskAsync(stage.Fleet.NextGateway(), PageKind.Plain, $"{number % 20}", CancellationToken.None);
                stage.Noted.AddOrUpdate($"crowd: status {answer?.Status ?? 0}", 1, (_, before) => before + 1);
            }
        }));
    }

    /// <summary>A load balancer that asks each gateway once a second whether it is ready, and sends to those that are.</summary>
    public static async Task ProbeAsync(ScenarioStage stage, CancellationToken token)
    {
        using var client = new HttpClient { Timeout = ProbeInterval };
        while (!token.IsCancellationRequested)
        {
            foreach (var gateway in stage.Fleet.Gateways.ToList())
            {
                gateway.IsInRotation = await gateway.IsReadyAsync(client);
            }

            await WaitAsync(ProbeInterval, token);
        }
    }

    /// <summary>A browser that keeps every cookie it is given and sends all of them with each page.</summary>
    public static async Task BrowserAsync(ScenarioStage stage, CancellationToken token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var page = 0; !token.IsCancellationRequested; page++)
        {
            // Cookies can only be set by what answers before the headers leave: the primary and required fragments.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Fleet.NextGateway(), $"/{(page % 2 == 0 ? PageKind.Plain : PageKind.Required)}/{page % 20}"));
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var size = (double)request.Headers.NonValidated.Sum(header => header.Key.Length + header.Value.ToString().Length + 4);
            stage.Noted.AddOrUpdate(CookieBytes, size, (_, before) => Math.Max(before, size));
            await KeepAsync(client, request, cookies);
            await WaitAsync(Reading, token);
        }
    }

    /// <summary>Starts a second gateway, takes it into rotation when it is ready, and asks the first one to end.</summary>
    public static async Task ReplaceGatewayAsync(ScenarioStage stage)
    {
        var old = stage.Fleet.Gateway;
        await stage.Fleet.StartGatewayAsync();
        await old.TerminateAsync();
        old.IsInRotation = false;
    }

    private static async Task KeepAsync(HttpClient client, HttpRequestMessage request, Dictionary<string, string> cookies)
    {
        try
        {
            using var response = await client.SendAsync(request);
            foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
            {
                var pair = line.Split(';', 2)[0].Split('=', 2);
                cookies[pair[0]] = pair[^1];
            }
        }
        catch (HttpRequestException)
        {
            // The load itself counts lost pages.
        }
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken token) =>
        await Task.Delay(time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
