using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Stitcher.Fragments.Components;

/// <summary>
/// The request's services, and what every component may ask for besides: where it is, and a browser that is not there. So a service needs
/// no <c>AddRazorComponents</c>, which serves whole pages.
/// </summary>
internal sealed class ComponentServices : IServiceProvider, IComponentActivator
{
    private static readonly NoBrowser Browser = new();
    private readonly HttpContext _context;
    private readonly Type _component;
    private readonly ComponentValues _values;
    private bool _isFilled;

    public ComponentServices(HttpContext context, Type component, ComponentValues values)
    {
        (_context, _component, _values) = (context, component, values);
        Navigation = new FragmentNavigation(context.Request);

        // Where a service has Razor pages of its own, what supplies their query looks at a manager that nobody else would tell where it is.
        if (context.RequestServices.GetService<NavigationManager>() is IHostEnvironmentNavigationManager own && context.Items.TryAdd(typeof(ComponentServices), own))
        {
            own.Initialize(Navigation.BaseUri, Navigation.Uri);
        }
    }

    public FragmentNavigation Navigation { get; }

    public object? GetService(Type serviceType) =>
        serviceType == typeof(NavigationManager) ? Navigation
        : serviceType == typeof(IJSRuntime) ? Browser
        : serviceType == typeof(IComponentActivator) ? this
        : _context.RequestServices.GetService(serviceType);

    public IComponent CreateInstance(Type componentType)
    {
        var instance = _context.RequestServices.GetService<IComponentActivator>()?.CreateInstance(componentType)
            ?? (IComponent)ActivatorUtilities.CreateInstance(_context.RequestServices, componentType);

        // Only these cannot be passed as parameters: Blazor expects them from the page's address, and a fragment's address is not the page's.
        if (componentType == _component && !_isFilled)
        {
            _isFilled = true;
            foreach (var (property, value) in _values.Supplied)
            {
                property.SetValue(instance, value);
            }
        }

        return instance;
    }
}
