using Microsoft.Extensions.Options;

namespace ProductService.Purging;

/// <summary>Adds what tells the gateway of changes.</summary>
internal static class PurgeServices
{
    public static void AddGatewayPurge(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayPurgeOptions>()
            .BindConfiguration(GatewayPurgeOptions.Section)
            .PostConfigure(static options => options.Token ??= Read(options.TokenFile))
            .Validate(
                static options => options.Address is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                $"{GatewayPurgeOptions.Section}:Address is no address; expected the gateway's management listener, such as http://gateway:3001.")
            .Validate(
                static options => options.Address is null || !string.IsNullOrWhiteSpace(options.Token),
                $"{GatewayPurgeOptions.Section}:Token is missing; expected one of the gateway's Stitcher:Management:Tokens, given by the variable Gateway__Purge__Token or in the file that Gateway__Purge__TokenFile names.")
            .Validate(
                static options => options.Patience >= TimeSpan.FromMilliseconds(100) && options.Patience <= TimeSpan.FromSeconds(30),
                $"{GatewayPurgeOptions.Section}:Patience is out of range; expected 00:00:00.1 to 00:00:30.")
            .ValidateOnStart();
        builder.Services.AddHttpClient<GatewayPurge>(static (services, client) => client.Timeout = services.GetRequiredService<IOptions<GatewayPurgeOptions>>().Value.Patience)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    }

    // A file that cannot be read is a token that is missing, and told as that.
    private static string? Read(string? file)
    {
        try
        {
            return string.IsNullOrEmpty(file) ? null : File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
