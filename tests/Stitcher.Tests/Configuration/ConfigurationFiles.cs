using Microsoft.Extensions.Configuration;
using Stitcher.Configuration;

namespace Stitcher.Tests.Configuration;

/// <summary>A folder of configuration files, read in the order in which a host reads them.</summary>
internal sealed class ConfigurationFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stitcher-configuration-");
    private readonly ConfigurationBuilder _builder = new();

    public static ConfigurationFiles With(string json) => new ConfigurationFiles().And("appsettings.json", json);

    public ConfigurationFiles And(string name, string json)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        _builder.AddJsonFile(path);
        return this;
    }

    public ConfigurationFiles AndCommandLine(params string[] arguments)
    {
        _builder.AddCommandLine(arguments);
        return this;
    }

    /// <summary>Variables of this process whose names begin with the prefix, which the host's own variables do not have.</summary>
    public ConfigurationFiles AndEnvironment(string prefix)
    {
        _builder.AddEnvironmentVariables(prefix);
        return this;
    }

    public IConfigurationRoot Build() => _builder.Build();

    /// <summary>Reads and checks as a start does.</summary>
    public (StitcherOptions Options, IReadOnlyList<string> Errors) Read(string environment = "Development", params string[] clusters)
    {
        var configuration = Build();
        var errors = new List<string>();
        var options = StitcherOptionsReader.Read(configuration, errors);
        StitcherOptionsRules.Check(options, new ConfigurationContext(configuration, environment, clusters), errors);
        return (options, errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
