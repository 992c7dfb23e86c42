using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;
using Stitcher.Fragments.Publishing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what a service needs to publish fragments.</summary>
public static class FragmentsServiceCollectionExtensions
{
    /// <summary>Adds fragments to a service.</summary>
    /// <param name="services">The service's own container.</param>
    /// <param name="configure">Says at least what the service is called.</param>
    /// <exception cref="OptionsValidationException">At start, when the name or the asset base is not usable.</exception>
    public static IServiceCollection AddFragments(this IServiceCollection services, Action<FragmentServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<FragmentServiceOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FragmentServiceOptions>, FragmentServiceRules>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection();
        services.TryAddSingleton<FormTokens>();
        services.TryAddSingleton<FragmentCatalog>();
        services.TryAddSingleton<FragmentManifest>();
        return services;
    }
}
