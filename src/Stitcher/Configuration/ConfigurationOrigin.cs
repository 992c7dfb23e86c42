using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Stitcher.Configuration;

/// <summary>Says who set a key: the last source that has it, because the last one wins.</summary>
internal static class ConfigurationOrigin
{
    private const string Unknown = "configuration";

    /// <summary>Names the source of a key; of a key that nobody set, the source of the nearest section around it.</summary>
    public static string Of(IConfiguration configuration, string key)
    {
        if (configuration is not IConfigurationRoot root)
        {
            return Unknown;
        }

        for (string? path = key; path is not null; path = ConfigurationPath.GetParentPath(path))
        {
            if (Last(root, path) is { } origin)
            {
                return origin;
            }
        }

        return Unknown;
    }

    private static string? Last(IConfigurationRoot root, string key)
    {
        foreach (var provider in root.Providers.Reverse())
        {
            if (provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner })
            {
                if (Last(inner, key) is { } origin)
                {
                    return origin;
                }
            }
            else if (provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any())
            {
                return Name(provider, key);
            }
        }

        return null;
    }

    private static string Name(IConfigurationProvider provider, string key) => provider switch
    {
        FileConfigurationProvider { Source.Path: { } path } => Path.GetFileName(path),
        EnvironmentVariablesConfigurationProvider => "environment variable " + key.Replace(":", "__", StringComparison.Ordinal),
        CommandLineConfigurationProvider => "command line",
        _ => Unknown,
    };
}
