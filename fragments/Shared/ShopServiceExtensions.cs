using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Shop;

/// <summary>How a service of the shop begins.</summary>
internal static class ShopServiceExtensions
{
    /// <summary>Says where the service listens when nothing else does.</summary>
    public static void ListenByDefaultAt(this WebApplicationBuilder builder, string address) =>
        // The last resort, behind --urls and ASPNETCORE_URLS; in appsettings.json it would win over the variable.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("urls", address)] });

    /// <summary>Adds the service's database: <c>data/(name).db</c> below the content root, or where the setting <c>Database</c> says.</summary>
    public static void AddDatabase(
        this WebApplicationBuilder builder, string name, IReadOnlyList<Migration> migrations, DatabaseStep? everyStart = null)
    {
        var file = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Database"] ?? $"data/{name}.db");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            new ServiceDatabase(name, file, migrations, everyStart, services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Makes the database or brings it up to date, before the first request.</summary>
    public static Task PrepareDatabaseAsync(this WebApplication app) =>
        app.Services.GetRequiredService<ServiceDatabase>().PrepareAsync(app.Lifetime.ApplicationStopping);
}
