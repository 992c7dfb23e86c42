using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stitcher.Configuration;
using Stitcher.Fragments.Testing.Checks;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing;

/// <summary>A service under test: its own program in memory, or one that runs somewhere, in any language.</summary>
public sealed class FragmentHost : IAsyncDisposable
{
    private const int KeyBytes = 32;

    private readonly IServiceProvider? _services;
    private readonly bool _knowsUsers;
    private readonly IAsyncDisposable? _owned;
    private Task<TestedService>? _service;

    private FragmentHost(HttpClient client, IServiceProvider? services, bool knowsUsers, IAsyncDisposable? owned) =>
        (Client, _services, _knowsUsers, _owned) = (client, services, knowsUsers, owned);

    /// <value>Asks the service as a gateway would: without cookies, following no redirect.</value>
    public HttpClient Client { get; }

    /// <value>What every fragment may cost.</value>
    public FragmentBudget Budget { get; set; } = new();

    /// <value>What the gateway will trust the service with. Default <see cref="TrustLevel.App"/>: modules and styles, no inline code.</value>
    public TrustLevel Trust { get; set; } = TrustLevel.App;

    /// <summary>Starts a service's program in memory. Its log has warnings and errors only, and its settings files are read once and not watched.</summary>
    /// <param name="settings">Settings as on the command line, for example <c>("Database", file)</c>.</param>
    /// <typeparam name="TEntryPoint">Its <c>Program</c>, or any other type of its assembly.</typeparam>
    public static FragmentHost For<TEntryPoint>(params IEnumerable<(string Key, string Value)> settings)
        where TEntryPoint : class =>
        For<TEntryPoint>(web =>
        {
            foreach (var (key, value) in settings)
            {
                web.UseSetting(key, value);
            }
        });

    /// <summary>Starts a service's program in memory. Its log has warnings and errors only, and its settings files are read once and not watched.</summary>
    /// <param name="configure">Changes its services or settings for the test.</param>
    /// <typeparam name="TEntryPoint">Its <c>Program</c>, or any other type of its assembly.</typeparam>
    public static FragmentHost For<TEntryPoint>(Action<IWebHostBuilder> configure)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        var factory = new WebApplicationFactory<TEntryPoint>();
        var configured = factory.WithWebHostBuilder(web =>
        {
            web.UseSetting("Logging:LogLevel:Default", "Warning");
            web.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
            // Systems give a user few file watchers (Linux often 128 of them), and tests start many services.
            web.UseSetting("hostBuilder:reloadConfigOnChange", "false");
            // A service with a key believes nobody without a token: its demonstration user stays out of the test.
            web.UseSetting("Identity:Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            web.ConfigureServices(static services => services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, TestUserFilter>()));
            configure(web);
        });
        var client = configured.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        return new FragmentHost(client, configured.Services, knowsUsers: true, factory);
    }

    /// <summary>Tests a service that the test itself has built and started, on a port of its own.</summary>
    /// <param name="app">The service; stays the test's to end.</param>
    /// <exception cref="ArgumentException">It is not started.</exception>
    public static FragmentHost For(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var address = app.Urls.FirstOrDefault() ?? throw new ArgumentException("The service listens nowhere; start it first (await app.StartAsync()).", nameof(app));
        return new FragmentHost(ClientOf(new Uri(address)), app.Services, knowsUsers: false, owned: null);
    }

    /// <summary>Tests a service that is already running, in any language. What its manifest does not say, such as the ranges of parameters, is then not checked.</summary>
    /// <param name="address">Where it listens, for example <c>http://localhost:3006/</c>.</param>
    public static FragmentHost At(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new FragmentHost(ClientOf(address), services: null, knowsUsers: false, owned: null);
    }

    /// <summary>The names of all fragments in the service's manifest.</summary>
    /// <exception cref="FragmentContractException">There is no manifest that can be read.</exception>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct = default) =>
        [.. (await ServiceAsync(ct)).Fragments.Select(static fragment => fragment.Name)];

    /// <summary>Asks for a fragment.</summary>
    /// <param name="name">Its name in the manifest, for example <c>ProductCard</c>.</param>
    /// <param name="parameters">
    /// An object with a property for each parameter, or a dictionary. A parameter of the path that is not among them has its sample
    /// (<c>WithSample</c>), or 1. Null: none.
    /// </param>
    /// <param name="user">Who asks, as the gateway's token would say it; only for a service in memory. Null: nobody.</param>
    /// <param name="ct">Ends the question.</param>
    /// <exception cref="FragmentContractException">There is no such fragment.</exception>
    public async Task<FragmentUnderTest> GetAsync(string name, object? parameters = null, ClaimsPrincipal? user = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (user is not null && !_knowsUsers)
        {
            throw new ArgumentException("Only a service in memory, by For<Program>, can be asked as somebody: another believes its gateway's token alone.", nameof(user));
        }

        var service = await ServiceAsync(ct);
        var fragment = service.Fragments.FirstOrDefault(known => known.Name == name)
            ?? throw new FragmentContractException(
                $"{service.Name} has no fragment {name}; its manifest names {string.Join(", ", service.Fragments.Select(static known => known.Name))}.");
        var question = new Question(fragment, Values(parameters), user);
        return new FragmentUnderTest(this, service, question, await Answer.OfAsync(Client, question, ct));
    }

    /// <summary>Checks the service's manifest: nothing in it would be refused, and every file and fragment it names is there.</summary>
    /// <exception cref="FragmentContractException">Says what a gateway would refuse.</exception>
    public async Task AssertManifestAsync(CancellationToken ct = default)
    {
        var service = await ServiceAsync(ct);
        Finding.ThrowIfAny($"The manifest of {service.Name}", await ManifestCheck.FindAsync(service, Client, ct));
    }

    /// <summary>Ends the service.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }

    private static HttpClient ClientOf(Uri address) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = address };

    private Task<TestedService> ServiceAsync(CancellationToken ct) => _service ??= TestedService.ReadAsync(Client, _services, ct);

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Values(object? parameters) => new RouteValueDictionary(parameters)
        .Where(static pair => pair.Value is not null)
        .ToImmutableSortedDictionary(
            static pair => pair.Key,
            static pair => pair.Value is System.Collections.IEnumerable and not string
                ? [.. ((System.Collections.IEnumerable)pair.Value).Cast<object>().Select(HandlerSignature.TextOf).OfType<string>()]
                : ImmutableArray.Create(HandlerSignature.TextOf(pair.Value) ?? ""),
            StringComparer.OrdinalIgnoreCase);
}
