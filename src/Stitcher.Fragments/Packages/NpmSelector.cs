using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Packages;

/// <summary>
/// Chooses from what npm installed the files that browsers need: what the service's modules import, what those files import, and so on. A package
/// that only another package needs comes along with the same flags.
/// </summary>
internal sealed class NpmSelector
{
    /// <summary>The folder below the asset base in which packages appear, each in one that names its version.</summary>
    public const string Folder = "npm/";

    private readonly string _root;
    private readonly NpmLock _lock;
    private readonly Dictionary<string, Chosen> _chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly ImmutableSortedDictionary<string, ModuleFile>.Builder _modules =
        ImmutableSortedDictionary.CreateBuilder<string, ModuleFile>(StringComparer.Ordinal);

    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private NpmSelector(string root, NpmLock locked)
    {
        _root = root;
        _lock = locked;
    }

    private sealed record Chosen(NpmShare Share, NpmPackage Package, string? Range)
    {
        public SortedDictionary<string, string> Entries { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, string> Requires { get; } = new(StringComparer.Ordinal);

        public string Place(string file) => $"{Folder}{Share.Package}@{Package.Version}/{file}";
    }

    /// <param name="root">The service's folder, with its lock file and <c>node_modules</c>.</param>
    /// <param name="shares">What was mapped.</param>
    /// <param name="specifiers">What the service's own modules import.</param>
    public static NpmSelection Select(string root, IReadOnlyCollection<NpmShare> shares, IEnumerable<string> specifiers)
    {
        if (shares.Count == 0)
        {
            return NpmSelection.None;
        }

        if (NpmLock.Read(root, out var problem) is not { } locked)
        {
            return NpmSelection.None with { Missing = [.. shares.Select(static share => share.Package)], Problems = [problem!] };
        }

        var selector = new NpmSelector(root, locked);
        foreach (var share in shares)
        {
            selector.Choose(share, locked.Range("", share.Package));
        }

        foreach (var share in shares)
        {
            selector.Publish(share.Package, from: null);
            foreach (var entry in share.Entries)
            {
                selector.Publish($"{share.Package}/{entry}", from: null);
            }
        }

        foreach (var specifier in specifiers)
        {
            selector.Publish(specifier, from: null);
        }

        return selector.Selection();
    }

    private void Choose(NpmShare share, string? range)
    {
        var name = share.Package;
        var version = _lock.Version(name);
        if (version is null)
        {
            Miss(name, $"{name} is not in {NpmLock.FileName}; run `npm install {name}`");
        }
        else if (NpmPackage.Read(_root, name) is not { } package)
        {
            Miss(name, $"{name} {version} is not installed; build with Node on the path, or run `npm ci`");
        }
        else if (package.Version != version)
        {
            Miss(name, $"{name} is installed in version {package.Version}, but locked to {version}; run `npm ci`");
        }
        else
        {
            if (_lock.HasNested(name))
            {
                _problems.Add($"{name} is installed more than once, and browsers only get version {version}; `npm ls {name}` says who asks for another");
            }

            _chosen[name] = new Chosen(share, package, share.RequiredVersion ?? range);
        }
    }

    private void Miss(string name, string problem)
    {
        if (_missing.Add(name))
        {
            _problems.Add(problem);
        }
    }

    private void Publish(string specifier, Chosen? from)
    {
        var name = NpmPackage.NameOf(specifier);
        if (from is not null && from.Share.Package != name)
        {
            Require(from, name);
        }

        if (!_chosen.TryGetValue(name, out var package) || package.Entries.ContainsKey(specifier))
        {
            return;
        }

        if (package.Package.FileOf(specifier.Length == name.Length ? "." : $".{specifier[name.Length..]}") is { } file)
        {
            package.Entries[specifier] = package.Place(file);
            Add(package, file);
        }
        else
        {
            _problems.Add($"{specifier} names no ES module of {name} {package.Package.Version}");
        }
    }

    private void Require(Chosen from, string name)
    {
        var range = _lock.Range(from.Share.Package, name);
        if (!_chosen.ContainsKey(name) && range is not null && !_missing.Contains(name))
        {
            Choose(from.Share with { Package = name, RequiredVersion = null, Entries = [] }, range);
        }

        if (range is not null)
        {
            from.Requires[name] = range;
        }
    }

    private void Add(Chosen package, string file)
    {
        var place = package.Place(file);
        var path = Path.Combine(package.Package.Folder, file);
        if (!_files.TryAdd(place, path))
        {
            return;
        }

        var module = ModuleFiles.Read(place, File.ReadAllBytes(path));
        _modules[place] = module;
        foreach (var specifier in module.Imports)
        {
            if (ModuleFiles.IsBare(specifier))
            {
                Publish(specifier, package);
            }
            else if (package.Package.FileBeside(file, specifier) is { } beside)
            {
                Add(package, beside);
            }
        }
    }

    private NpmSelection Selection() => new(
        [.. _chosen.Values.Where(static chosen => chosen.Entries.Count > 0).Select(Shared)],
        _files.ToFrozenDictionary(StringComparer.Ordinal),
        _modules.ToImmutable(),
        [.. _missing],
        [.. _problems]);

    private static SharedPackage Shared(Chosen chosen)
    {
        var shared = new SharedPackage
        {
            Package = chosen.Share.Package,
            Version = chosen.Package.Version,
            RequiredVersion = chosen.Range,
            Singleton = chosen.Share.Singleton,
            StrictVersion = chosen.Share.StrictVersion,
            Eager = chosen.Share.Eager,
            Family = chosen.Share.Family,
        };
        return shared with { Entries = shared.Entries.SetItems(chosen.Entries), Requires = shared.Requires.SetItems(chosen.Requires) };
    }
}
