using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Stitcher.Configuration;

/// <summary>The rules on the operators' tokens. No message repeats a token: errors are logged.</summary>
internal static class ManagementTokenRules
{
    /// <summary>Stands for every service.</summary>
    public const string Everything = "*";

    private const int Shortest = 16;
    private const int Longest = 256;

    public static void Check(StitcherOptions options, ConfigurationContext context, OptionsCheck check)
    {
        var list = OptionsCheck.Key("Management:Tokens");
        foreach (var (token, key) in check.Items(options.Management.Tokens, list))
        {
            check.IsGiven(token.Name, key + ":Name", "a name for the log");
            CheckSecret(token, key, context, check);
            if (token.Services.Count == 0)
            {
                check.Add(key + ":Services", "names no service, so that nothing can be purged", $"names of services, or '{Everything}' for all");
            }

            var known = options.Services.Select(service => service.Name).ToArray();
            foreach (var (service, index) in token.Services.Select((s, i) => (s, i)).Where(pair => pair.s != Everything && !known.Contains(pair.s, StringComparer.Ordinal)))
            {
                check.Add($"{key}:Services:{index}", $"there is no service '{service}'", NearestName.OneOf(service, known));
            }
        }

        check.Unique(check.Items(options.Management.Tokens, list).Select(pair => (pair.Item.Name, pair.Item.Name, pair.Key + ":Name")), "a name of its own");
    }

    /// <summary>The secret itself; null if there is none, or its file cannot be read.</summary>
    public static string? SecretOf(ManagementTokenOptions token)
    {
        try
        {
            return token.Token ?? (token.TokenFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static void CheckSecret(ManagementTokenOptions token, string key, ConfigurationContext context, OptionsCheck check)
    {
        if (token.Token is null == token.TokenFile is null)
        {
            check.Add(key, token.Token is null ? "has neither Token nor TokenFile" : "has both Token and TokenFile", "one of them");
        }
        else if (SecretOf(token) is not { } secret)
        {
            check.Add(key + ":TokenFile", $"'{token.TokenFile}' cannot be read", "a file that holds the token and nothing else");
        }
        else if (secret.Length is < Shortest or > Longest || !secret.All(c => c is > ' ' and <= '~'))
        {
            check.Add(
                token.Token is null ? key + ":TokenFile" : key + ":Token",
                "the token is too short, too long or has characters that a header cannot carry",
                $"{Shortest} to {Longest} printable ASCII characters without blanks");
        }
        else if (token.Token is not null && !context.EnvironmentName.Equals(Environments.Development, StringComparison.OrdinalIgnoreCase)
            && IsInSettingsFile(context.Configuration, key + ":Token"))
        {
            check.Add(key + ":Token", "a secret stands in a settings file", $"the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}__Token, or TokenFile");
        }
    }

    private static bool IsInSettingsFile(IConfiguration configuration, string key) =>
        configuration is IConfigurationRoot root && root.Providers.LastOrDefault(provider => provider.TryGet(key, out _)) is JsonConfigurationProvider;
}
