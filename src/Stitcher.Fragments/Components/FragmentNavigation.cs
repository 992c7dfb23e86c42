using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Stitcher.Fragments.Components;

/// <summary>Tells a component its fragment's address, and hears that what was asked for does not exist.</summary>
internal sealed class FragmentNavigation : NavigationManager
{
    public FragmentNavigation(HttpRequest request)
    {
        Initialize(UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, "/"), request.GetEncodedUrl());
        OnNotFound += (_, _) => IsNotFound = true;
    }

    /// <value>True once the component has called <see cref="NavigationManager.NotFound"/>.</value>
    public bool IsNotFound { get; private set; }

    protected override void NavigateToCore(string uri, NavigationOptions options) =>
        throw new InvalidOperationException("A component that is a fragment cannot send the browser elsewhere: the page is not its own.");
}
