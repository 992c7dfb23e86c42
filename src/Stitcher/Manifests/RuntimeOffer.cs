using System.Collections.Immutable;
using Stitcher.Browser;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>The gateway's own browser modules, as they take part in the negotiation: like a service's, and before anybody's.</summary>
internal static class RuntimeOffer
{
    /// <summary>What stands in the place of a service's name. No service can have it.</summary>
    public const string Name = "~stitcher";

    // What the server seeds, and what the modules themselves tell.
    private static readonly string[] Kept = ["breadcrumbs", "currentRoute", "currentUser", "locale", "theme", "userPreferences"];
    private static readonly string[] Told = ["stitcher:module-failed", "stitcher:navigated"];

    /// <summary>Whose name a package bears, the gateway alone may serve.</summary>
    public static ProviderRule Rule { get; } = new("@stitcher/*", [Name]);

    public static PortfolioService Service { get; } = new(Name, ManifestOf(), RuntimeModules.Folder) { IsHost = true, TrustTier = int.MaxValue };

    private static ServiceManifest ManifestOf() => new()
    {
        Name = "stitcher",
        Revision = RuntimeModules.Version,
        Base = RuntimeModules.Folder,
        Events = new ServiceEvents
        {
            Publishes = [.. Kept.Select(static topic => new PublishedTopic { Topic = topic, Retained = true }), .. Told.Select(static topic => new PublishedTopic { Topic = topic })],
        },
        Shared = [Package(RuntimeModules.BusPackage), Package(RuntimeModules.LivePackage)],
        Modules = ImmutableSortedDictionary.Create<string, ModuleFile>(StringComparer.Ordinal).SetItems(RuntimeModules.All.Select(static module => KeyValuePair.Create(
            module.File, new ModuleFile { Integrity = module.Integrity, Bytes = module.Bytes.Length, Imports = [.. module.Imports] }))),
    };

    private static SharedPackage Package(string name)
    {
        var package = new SharedPackage { Package = name, Version = RuntimeModules.Version, RequiredVersion = "^" + RuntimeModules.Version, Singleton = true };
        var modules = RuntimeModules.All.Where(module => module.Specifier == name || module.Specifier.StartsWith(name + "/", StringComparison.Ordinal));
        return package with { Entries = package.Entries.SetItems(modules.Select(static module => KeyValuePair.Create(module.Specifier, module.File))) };
    }
}
