namespace Stitcher.Configuration;

/// <summary>The rules on what is shared. No message repeats a secret: errors are logged.</summary>
internal static class RedisRules
{
    private const string Place = "'env:' and the name of an environment variable, or 'file:' and an absolute path";

    public static void Check(RedisOptions redis, OptionsCheck check)
    {
        var key = OptionsCheck.Key("Redis");
        check.Ranges(redis, key);
        check.IsName(redis, nameof(RedisOptions.Prefix), key + ":Prefix", "1 to 64 letters, digits, '.', '_', ':' and '-', such as 'stitcher'");
        if (!string.IsNullOrWhiteSpace(redis.Configuration))
        {
            CheckConfiguration(redis.Configuration, key + ":Configuration", check);
        }

        if (!string.IsNullOrWhiteSpace(redis.SigningKey) && SecretReference.ReadKey(redis.SigningKey, out var complaint) is null)
        {
            check.Add(key + ":SigningKey", complaint!, Place + $", which leads to at least {SecretReference.FewestBytes} bytes in base64");
        }
    }

    private static void CheckConfiguration(string configuration, string key, OptionsCheck check)
    {
        if (!SecretReference.IsReference(configuration) && configuration.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            check.Add(key, "a password stands in the settings", Place + ", which leads to the addresses and the password");
        }
        else if (SecretReference.ReadText(configuration, out var complaint) is null)
        {
            check.Add(key, complaint!, Place + ", or addresses such as 'redis:6379'");
        }
    }
}
