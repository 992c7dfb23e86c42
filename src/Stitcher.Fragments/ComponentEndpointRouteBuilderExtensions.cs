using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Stitcher.Fragments;
using Stitcher.Fragments.Serving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Razor components as fragments.</summary>
public static class ComponentEndpointRouteBuilderExtensions
{
    /// <summary>Maps a Razor component as a fragment: rendered once per request, on the server, when all it waits for is there.</summary>
    /// <remarks>
    /// Properties with <see cref="ParameterAttribute"/> or <see cref="SupplyParameterFromQueryAttribute"/> whose types an address can hold are the
    /// fragment's parameters: from the path if it names them, else from the query, with a small first letter. What a request leaves out keeps the
    /// value that the component gives it; <see cref="EditorRequiredAttribute"/> makes it necessary, validation attributes are checked, and what does
    /// not fit is answered with 400. <c>PageTitle</c> and <c>HeadContent</c> go to the head of the page. <see cref="NavigationManager.NotFound"/> makes
    /// the answer a 404. <see cref="FragmentContext"/> and <c>HttpContext</c> are there as cascading parameters. Nothing of Razor's needs to be added to
    /// the services.
    /// </remarks>
    /// <param name="endpoints">The service.</param>
    /// <param name="name">The fragment's name, for example <c>ProductCard</c>: a letter, then letters, digits, hyphens and underscores.</param>
    /// <param name="path">Its path on this service, as a route pattern, for example <c>/fragments/product-card/{id:int}</c>.</param>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <returns>Says more about the fragment: caching, module, style sheets.</returns>
    /// <exception cref="ArgumentException">The name cannot be used, or the component requires what no address can hold.</exception>
    /// <exception cref="InvalidOperationException"><c>AddFragments</c> was not called.</exception>
    public static FragmentEndpointBuilder MapFragment<TComponent>(this IEndpointRouteBuilder endpoints, string name, string path)
        where TComponent : IComponent =>
        FragmentsEndpointRouteBuilderExtensions.Map(
            endpoints, name, path, (definition, pattern) => FragmentEndpoint.For(definition, typeof(TComponent), pattern));
}
