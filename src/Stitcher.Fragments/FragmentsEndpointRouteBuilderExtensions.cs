using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Versions;
using Stitcher.Fragments;
using Stitcher.Fragments.Gallery;
using Stitcher.Fragments.Publishing;
using Stitcher.Fragments.Serving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what a service publishes.</summary>
public static class FragmentsEndpointRouteBuilderExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a fragment: HTML at a path, under a name that layouts use.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="name">The fragment's name, for example <c>ProductCard</c>: a letter, then letters, digits, hyphens and underscores.</param>
    /// <param name="path">Its path on this service, as a route pattern, for example <c>/fragments/product-card/{id:int}</c>.</param>
    /// <param name="handler">
    /// Makes the answer. Takes what handlers of <c>MapGet</c> take (a <see cref="FragmentContext"/>, too) and returns
    /// <see cref="FragmentMarkup"/> or <see cref="FragmentResult"/>, or a task of one of them. Validation attributes on parameters
    /// are checked; what does not fit is answered with 400.
    /// </param>
    /// <returns>Says more about the fragment: caching, module, style sheets.</returns>
    /// <exception cref="ArgumentException">The name cannot be used, or the handler returns something else.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFragments</c> was not called.</exception>
    public static FragmentEndpointBuilder MapFragment(this IEndpointRouteBuilder endpoints, string name, string path, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        HandlerSignature.CheckResult(name, handler.Method);
        return Map(endpoints, name, path, (definition, pattern) => FragmentEndpoint.For(definition, handler, pattern, endpoints.ServiceProvider));
    }

    /// <summary>Publishes a package that the service brings along for others.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="package">The package's name as code imports it, for example <c>@shop/format</c>.</param>
    /// <param name="version">The version of the copy.</param>
    /// <param name="entry">The file below the asset base that the name stands for.</param>
    /// <param name="requiredVersion">The npm range this service accepts. Null: <c>^</c> and the version.</param>
    /// <param name="singleton">True when two copies in one page would harm each other.</param>
    /// <param name="strictVersion">True when this service must not run on a version outside its range.</param>
    /// <param name="entries">Further specifiers of the package, each beginning with its name and a slash, with their files.</param>
    /// <param name="eager">True when browsers should fetch it before anything asks for it.</param>
    /// <param name="family">Packages of one family come from one service. Null: it stands alone.</param>
    /// <param name="requires">Packages that this copy imports itself, with the ranges it accepts.</param>
    /// <exception cref="ArgumentException">The version is none, or the range is none.</exception>
    public static IEndpointRouteBuilder MapSharedPackage(
        this IEndpointRouteBuilder endpoints,
        string package,
        string version,
        string entry,
        string? requiredVersion = null,
        bool singleton = false,
        bool strictVersion = false,
        IReadOnlyDictionary<string, string>? entries = null,
        bool eager = false,
        string? family = null,
        IReadOnlyDictionary<string, string>? requires = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(package);
        ArgumentException.ThrowIfNullOrWhiteSpace(entry);
        if (!PackageVersion.TryParse(version, out _))
        {
            throw new ArgumentException($"'{version}' is no version of {package}; expected one such as 1.1.0.", nameof(version));
        }

        if (requiredVersion is not null && !VersionRange.TryParseNpm(requiredVersion, out _))
        {
            throw new ArgumentException(
                $"'{requiredVersion}' is no range of versions of {package}; expected one such as ^1.0.0.", nameof(requiredVersion));
        }

        var shared = new SharedPackage
        {
            Package = package,
            Version = version,
            RequiredVersion = requiredVersion,
            Singleton = singleton,
            StrictVersion = strictVersion,
            Eager = eager,
            Family = family,
        };
        Catalog(endpoints).Packages.Enqueue(shared with
        {
            Entries = shared.Entries.SetItems(entries ?? new Dictionary<string, string>()).SetItem(package, entry),
            Requires = shared.Requires.SetItems(requires ?? new Dictionary<string, string>()),
        });
        return endpoints;
    }

    /// <summary>Maps the service's manifest at <c>/.well-known/stitcher.json</c>, where gateways look for it.</summary>
    public static IEndpointConventionBuilder MapManifest(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Catalog(endpoints);
        var manifest = endpoints.ServiceProvider.GetRequiredService<FragmentManifest>();
        // Made at start, so that the log tells what is wrong with it before the first gateway asks.
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _ = manifest.Current);
        return endpoints
            .MapMethods(StitcherManifest.WellKnownPath, ReadMethods, context => ManifestEndpoint.InvokeAsync(context, manifest))
            .WithDisplayName("Manifest");
    }

    /// <summary>Maps a page that shows all fragments of the service, for the people who work on it.</summary>
    /// <param name="endpoints">The service.</param>
    /// <param name="path">Where the page is. Default <c>/</c>.</param>
    /// <param name="always">False (default) maps it in Development only.</param>
    public static IEndpointRouteBuilder MapFragmentGallery(this IEndpointRouteBuilder endpoints, string path = "/", bool always = false)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var catalog = Catalog(endpoints);
        if (always || endpoints.ServiceProvider.GetRequiredService<IWebHostEnvironment>().IsDevelopment())
        {
            catalog.HasGallery = true;
            GalleryEndpoints.Map(endpoints, path);
        }

        return endpoints;
    }

    internal static FragmentEndpointBuilder Map(
        IEndpointRouteBuilder endpoints, string name, string path, Func<FragmentDefinition, RoutePattern, FragmentEndpoint> bind)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CheckName(name);
        Catalog(endpoints);
        var definition = new FragmentDefinition(name);
        // Bound now although the convention binds again, so that a mistake in the handler shows on the line that maps it.
        var endpoint = endpoints.MapMethods(path, ReadMethods, bind(definition, RoutePatternFactory.Parse(path)).InvokeAsync)
            .WithMetadata(definition)
            .WithDisplayName($"Fragment {name}");
        endpoint.Add(builder =>
        {
            // Inside a route group the path begins earlier, and what looked like a query's parameter may be the path's.
            if (builder is RouteEndpointBuilder route)
            {
                route.RequestDelegate = bind(definition, route.RoutePattern).InvokeAsync;
            }
        });
        return new FragmentEndpointBuilder(endpoint, definition);
    }

    internal static FragmentCatalog Catalog(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<FragmentCatalog>()
        ?? throw new InvalidOperationException(
            "Fragments were mapped but not added. Call builder.Services.AddFragments(o => o.Service = \"…\") before builder.Build().");

    internal static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!char.IsAsciiLetter(name[0]) || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            throw new ArgumentException(
                $"'{name}' cannot name a fragment: expected a letter, then letters, digits, hyphens and underscores, such as ProductCard.",
                nameof(name));
        }
    }
}
