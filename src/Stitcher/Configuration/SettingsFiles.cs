using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Stitcher.Configuration;

/// <summary>
/// Notices when a settings file cannot be read any more, or is gone. The framework then forgets all of the file's settings and raises no change, so whoever looks next
/// would find an empty section, which is valid: a gateway without pages.
/// </summary>
internal sealed class SettingsFiles : IDisposable
{
    private readonly ConcurrentDictionary<FileConfigurationProvider, string> _problems = new();
    private readonly List<FileConfigurationProvider> _found = [];
    private readonly List<IDisposable> _watches = [];

    public SettingsFiles(IConfiguration configuration)
    {
        foreach (var file in Files(configuration))
        {
            if (IsThere(file))
            {
                _found.Add(file);
            }

            var others = file.Source.OnLoadException;
            file.Source.OnLoadException = context =>
            {
                _problems[file] = context.Exception.GetBaseException().Message;
                others?.Invoke(context);
                Broken?.Invoke();
            };
            _watches.Add(ChangeToken.OnChange(file.GetReloadToken, () => _problems.TryRemove(file, out _)));
        }
    }

    /// <summary>A file has just become unreadable.</summary>
    public event Action? Broken;

    /// <summary>One sentence for each file that cannot be read now.</summary>
    public IEnumerable<string> Problems => _problems
        .Select(problem => $"{Path.GetFileName(problem.Key.Source.Path)}: cannot be read ({problem.Value.TrimEnd('.')}); expected a whole JSON document.")
        .Concat(_found.Where(file => !IsThere(file)).Select(file => $"{Path.GetFileName(file.Source.Path)}: is gone; expected the file that the host started with, or a restart without it."))
        .Order(StringComparer.Ordinal);

    public void Dispose() => _watches.ForEach(watch => watch.Dispose());

    private static bool IsThere(FileConfigurationProvider file) => file.Source.Path is { } path && file.Source.FileProvider?.GetFileInfo(path).Exists == true;

    private static IEnumerable<FileConfigurationProvider> Files(IConfiguration configuration) => configuration is not IConfigurationRoot root
        ? []
        : root.Providers.SelectMany(provider => provider switch
        {
            FileConfigurationProvider file => [file],
            ChainedConfigurationProvider chained => Files(chained.Configuration),
            _ => [],
        });
}
