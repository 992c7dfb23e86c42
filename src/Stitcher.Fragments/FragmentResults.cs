using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Stitcher.Fragments.Components;

namespace Stitcher.Fragments;

/// <summary>The answers a fragment can give.</summary>
public static class FragmentResults
{
    /// <summary>Markup, with status 200.</summary>
    public static FragmentResult Html(FragmentMarkup markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        return new FragmentResult(StatusCodes.Status200OK, markup);
    }

    /// <summary>Markup made of an interpolated string as by <see cref="FragmentMarkup.Html"/>, with status 200.</summary>
    /// <exception cref="FormatException">A hole stands where no encoding makes it safe.</exception>
    public static FragmentResult Html(ref FragmentMarkupHandler html) => Html(FragmentMarkup.Html(ref html));

    /// <summary>Renders a Razor component, with status 200 (404 if it calls <c>NavigationManager.NotFound</c>) and what it says to the head.</summary>
    /// <param name="context">The request; a handler gets it by having a parameter of this type.</param>
    /// <param name="parameters">The component's parameters: an object with properties of their names, or a dictionary. Null: none.</param>
    /// <typeparam name="TComponent">The component.</typeparam>
    public static Task<FragmentResult> ComponentAsync<TComponent>(HttpContext context, object? parameters = null)
        where TComponent : IComponent
    {
        ArgumentNullException.ThrowIfNull(context);
        return ComponentRendering.RenderAsync(context, typeof(TComponent), ComponentValues.Of(new RouteValueDictionary(parameters)));
    }

    /// <summary>What was asked for does not exist: 404, with markup to show in its place if the page wants it.</summary>
    public static FragmentResult NotFound(FragmentMarkup? markup = null) =>
        new(StatusCodes.Status404NotFound, markup ?? FragmentMarkup.Empty);

    /// <summary>What was asked for existed once and will not again: 410.</summary>
    public static FragmentResult Gone(FragmentMarkup? markup = null) =>
        new(StatusCodes.Status410Gone, markup ?? FragmentMarkup.Empty);

    /// <summary>There is nothing to show, on purpose: 204.</summary>
    public static FragmentResult Nothing() => new(StatusCodes.Status204NoContent, null);

    /// <summary>A parameter makes no sense: 400, with a sentence for the person who wrote the address.</summary>
    /// <param name="message">What was found and what was expected. Sent as plain text; do not repeat secrets.</param>
    public static FragmentResult BadRequest(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return new FragmentResult(StatusCodes.Status400BadRequest, null) { Message = message };
    }

    /// <summary>Markup with a status of its own, such as 403 for who may not see it, 409 for a change that came too late and 422 for a form with mistakes in it.</summary>
    /// <param name="status">200 to 599, and none of those that have no body (204, 205, 304).</param>
    /// <param name="markup">What to show.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is none, or has no body.</exception>
    public static FragmentResult Html(int status, FragmentMarkup markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, StatusCodes.Status200OK);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified
            ? throw new ArgumentOutOfRangeException(nameof(status), status, "An answer with this status has no body.")
            : new FragmentResult(status, markup);
    }

    /// <summary>Sends the browser to another page (303): after a form was taken, or when somebody must sign in first. On a page only its primary fragment can.</summary>
    /// <param name="location">A page's address that begins with one slash, such as <c>/sign-in</c>. What a header cannot hold of it is percent-encoded.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public static FragmentResult SeeOther(string location)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        return location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) && !location.StartsWith("/\\", StringComparison.Ordinal) && !location.Any(char.IsControl)
            ? new FragmentResult(StatusCodes.Status303SeeOther, null) { Location = UriHelper.Encode(new Uri(location, UriKind.Relative)), IsNeverKept = true }
            : throw new ArgumentException($"'{location}' is no page's address; expected one that begins with one slash, such as /sign-in.", nameof(location));
    }
}
