using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace OrderService.Shelves;

/// <summary>Where the products service is, and how long it is waited for.</summary>
internal static class ShelfServices
{
    private const string Default = "http://localhost:3002/";

    // A person waits for it with a form: what does not come in this time is told as a sentence.
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AllAttempts = TimeSpan.FromSeconds(4.5);

    /// <exception cref="InvalidOperationException">The setting is no address.</exception>
    public static void AddShelves(this WebApplicationBuilder builder)
    {
        var setting = builder.Configuration["Services:Products"] ?? builder.Configuration["PRODUCT_SERVICE_URL"] ?? Default;
        if (!Uri.TryCreate(setting.TrimEnd('/') + '/', UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"Services:Products (or PRODUCT_SERVICE_URL) is '{setting}'; expected the products service's address, such as {Default}");
        }

        builder.Services.AddHttpClient<ShelfClient>(client => client.BaseAddress = address)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .AddResilienceHandler("shelves", static pipeline => pipeline
                .AddTimeout(AllAttempts)
                .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(100), BackoffType = DelayBackoffType.Constant })
                .AddTimeout(OneAttempt));
    }
}
