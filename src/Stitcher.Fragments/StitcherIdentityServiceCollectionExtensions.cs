using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stitcher.Fragments.Identity;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a service know who asks for its fragments.</summary>
public static class StitcherIdentityServiceCollectionExtensions
{
    /// <summary>
    /// Adds the authentication scheme <c>Stitcher</c>, which reads the gateway's signed token: <c>HttpContext.User</c> and <c>FragmentContext.User</c> are then who asks,
    /// with the claims <c>sub</c>, <c>sid</c>, <c>name</c>, <c>role</c> and what else the gateway tells. A request without a token is nobody's; one with a wrong token, too.
    /// </summary>
    /// <param name="services">The service's own container.</param>
    /// <param name="configure">Gives at least one key.</param>
    /// <returns>The builder of the authentication, for further schemes.</returns>
    /// <exception cref="OptionsValidationException">At start, when a key is none.</exception>
    public static AuthenticationBuilder AddStitcherIdentity(this IServiceCollection services, Action<StitcherIdentityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StitcherIdentityOptions>, StitcherIdentityKeys>());
        services.AddOptions<StitcherIdentityOptions>(StitcherIdentityOptions.Scheme).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddAuthentication(StitcherIdentityOptions.Scheme)
            .AddScheme<StitcherIdentityOptions, StitcherIdentityHandler>(StitcherIdentityOptions.Scheme, configure);
    }

    /// <summary>
    /// Adds the same by the service's settings: <c>Identity:Key</c> (or several in <c>Identity:Keys</c>) holds a key or says where it is found, <c>env:NAME</c> or
    /// <c>file:/path</c>; <c>Identity:Issuer</c> who signs. Without a key nobody asks, so that a service runs alone; in Development the claims in <c>DemoUser</c>
    /// (<c>sub</c>, <c>name</c>, …) are then who asks.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">A file that should hold the key cannot be read.</exception>
    /// <exception cref="OptionsValidationException">At start, when a key is none.</exception>
    public static TBuilder AddStitcherIdentity<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (StitcherIdentitySettings.Fill(new StitcherIdentityOptions(), builder.Configuration, builder.Environment))
        {
            builder.Services.AddStitcherIdentity(options => StitcherIdentitySettings.Fill(options, builder.Configuration, builder.Environment));
        }

        return builder;
    }
}
