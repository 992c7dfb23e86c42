using Microsoft.AspNetCore.Http;

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
}
