using Microsoft.AspNetCore.Routing;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Versions;
using Stitcher.Fragments.Packages;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says what a service's browser code shares, exposes and needs. All of it goes into the manifest.</summary>
public static class FederationEndpointRouteBuilderExtensions
{
    /// <summary>Shares a package that npm installed in the service's folder.</summary>
    /// <remarks>
    /// Its version and, unless said otherwise, its range are those of <c>package-lock.json</c>. Published are the ES modules that the service's own
    /// modules import, and what those import in turn; a package that only this one needs comes along with the same flags. When the package is not
    /// installed, the log says so, and modules that import it are left out of the manifest; their fragments stay.
    /// </remarks>
    /// <param name="endpoints">The service.</param>
    /// <param name="package">The package's name as code imports it, for example <c>lit</c>.</param>
    /// <param name="requiredVersion">The npm range this service accepts. Null: the one in its <c>package.json</c>.</param>
    /// <param name="singleton">True when two copies in one page would harm each other.</param>
    /// <param name="strictVersion">True when this service must not run on a version outside its range.</param>
    /// <param name="eager">True when browsers should fetch it before anything asks for it.</param>
    /// <param name="family">Packages of one family come from one service; what comes along belongs to it, too. Null: each stands alone.</param>
    /// <param name="entries">Parts of the package to offer although no module of this service imports them, for example <c>decorators.js</c>.</param>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public static IEndpointRouteBuilder MapNpmPackage(
        this IEndpointRouteBuilder endpoints,
        string package,
        string? requiredVersion = null,
        bool singleton = false,
        bool strictVersion = false,
        bool eager = false,
        string? family = null,
        params string[] entries)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(package);
        ArgumentNullException.ThrowIfNull(entries);
        CheckRange(package, requiredVersion);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).NpmPackages.Enqueue(
            new NpmShare(package, requiredVersion, singleton, strictVersion, eager, family, [.. entries]));
        return endpoints;
    }

    /// <summary>Says that the service's modules import a package that another service brings along.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="package">The package's name as code imports it.</param>
    /// <param name="requiredVersion">The npm range this service accepts.</param>
    /// <param name="singleton">True when two copies in one page would harm each other.</param>
    /// <param name="strictVersion">True when this service must not run on a version outside its range.</param>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public static IEndpointRouteBuilder MapNeededPackage(
        this IEndpointRouteBuilder endpoints, string package, string requiredVersion, bool singleton = false, bool strictVersion = false)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(package);
        ArgumentException.ThrowIfNullOrWhiteSpace(requiredVersion);
        CheckRange(package, requiredVersion);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Packages.Enqueue(new SharedPackage
        {
            Package = package,
            RequiredVersion = requiredVersion,
            Singleton = singleton,
            StrictVersion = strictVersion,
            Import = false,
        });
        return endpoints;
    }

    /// <summary>Exposes a browser module that has no fragment, for the code of other services.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="name">Its name: others import it as <c>(service)/(name)</c>.</param>
    /// <param name="file">A file below the asset base.</param>
    /// <param name="category"><c>logic</c> (default), <c>component</c>, <c>feature</c> or <c>application</c>.</param>
    /// <param name="exports">The names it exports.</param>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static IEndpointRouteBuilder MapModule(
        this IEndpointRouteBuilder endpoints, string name, string file, string category = "logic", params string[] exports)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        ArgumentNullException.ThrowIfNull(exports);
        FragmentsEndpointRouteBuilderExtensions.CheckName(name);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Modules.Enqueue(
            new ExposedModule { Key = $"./{name}", Category = category, Module = file, Exports = [.. exports] });
        return endpoints;
    }

    /// <summary>Gives the service's own modules a short name for one of its files; nobody else sees it.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="specifier">The name, by custom with a leading <c>#</c>.</param>
    /// <param name="file">A file below the asset base.</param>
    public static IEndpointRouteBuilder MapInternalModule(this IEndpointRouteBuilder endpoints, string specifier, string file)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(specifier);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Internal[specifier] = file;
        return endpoints;
    }

    /// <summary>Says which modules of another service this one's code imports, so that gateways notice when they go.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="service">The other service's name.</param>
    /// <param name="names">The modules' names there.</param>
    /// <param name="optional">True when this service does its work without them, too.</param>
    public static IEndpointRouteBuilder MapConsumedModules(
        this IEndpointRouteBuilder endpoints, string service, IReadOnlyList<string> names, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        ArgumentNullException.ThrowIfNull(names);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Consumed.Enqueue(
            new ConsumedService { Service = service, Exposes = [.. names.Select(static name => $"./{name}")], Optional = optional });
        return endpoints;
    }

    /// <summary>Says that the service's browser code publishes a topic.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="topic">The topic's name, for example <c>cart:changed</c>.</param>
    /// <param name="retained">True when those who listen later get the last value.</param>
    /// <param name="schema">A description of the value's form; written as a TypeScript type, such as <c>{ id: number, name: string }</c>, it becomes the topic's type for editors.</param>
    public static IEndpointRouteBuilder MapPublishedTopic(
        this IEndpointRouteBuilder endpoints, string topic, bool retained = false, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Published.Enqueue(
            new PublishedTopic { Topic = topic, Retained = retained, Schema = schema });
        return endpoints;
    }

    /// <summary>Says that the service's browser code listens to a topic.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="topic">The topic's name.</param>
    /// <param name="retained">True when the service counts on finding the last value.</param>
    /// <param name="schema">The form of the value that it understands. Gateways compare it with what publishers say.</param>
    public static IEndpointRouteBuilder MapSubscribedTopic(this IEndpointRouteBuilder endpoints, string topic, bool retained = false, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        FragmentsEndpointRouteBuilderExtensions.Catalog(endpoints).Subscribed.Enqueue(new SubscribedTopic { Topic = topic, Retained = retained, Schema = schema });
        return endpoints;
    }

    private static void CheckRange(string package, string? range)
    {
        if (range is not null && !VersionRange.TryParseNpm(range, out _))
        {
            throw new ArgumentException(
                $"'{range}' is no range of versions of {package}; expected one such as ^1.0.0.", nameof(range));
        }
    }
}
