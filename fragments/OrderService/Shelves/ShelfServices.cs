using System.Globalization;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace OrderService.Shelves;

/// <summary>Where the products service is, and how long it is waited for.</summary>
internal static class ShelfServices
{
    private const string Default = "http://localhost:3002/";

    // A person waits for it with a form: what does not come in this time is told as a sentence.
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="InvalidOperationException">A setting is no address or no time.</exception>
    public static void AddShelves(this WebApplicationBuilder builder)
    {
        var setting = builder.Configuration["Services:Products"] ?? builder.Configuration["PRODUCT_SERVICE_URL"] ?? Default;
        if (!Uri.TryCreate(setting.TrimEnd('/') + '/', UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"Services:Products (or PRODUCT_SERVICE_URL) is '{setting}'; expected the products service's address, such as {Default}");
        }

        var patience = builder.Configuration["Services:Patience"] is { } text
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= Pause && time <= TimeSpan.FromSeconds(30)
                ? time
                : throw new InvalidOperationException($"Services:Patience is '{text}'; expected a time from 00:00:00.100 to 00:00:30 for one attempt, such as 00:00:02.")
            : UsualPatience;

        builder.Services.AddHttpClient<ShelfClient>(client => client.BaseAddress = address)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ConnectTimeout = patience / 2,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .AddResilienceHandler("shelves", pipeline => pipeline
                .AddTimeout(patience * 2.25)
                .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = Pause, BackoffType = DelayBackoffType.Constant })
                .AddTimeout(patience));
    }
}
