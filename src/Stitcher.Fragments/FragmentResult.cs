using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Stitcher.Fragments.Serving;

namespace Stitcher.Fragments;

/// <summary>A fragment's answer: markup, a status, and what of the mapping it overrides. Immutable; each call gives a new one.</summary>
public sealed record FragmentResult : IResult
{
    internal FragmentResult(int statusCode, FragmentMarkup? markup)
    {
        StatusCode = statusCode;
        Markup = markup;
    }

    /// <value>The HTTP status.</value>
    public int StatusCode { get; }

    /// <value>The body's markup; null for an answer without a body.</value>
    public FragmentMarkup? Markup { get; }

    internal string? Message { get; init; }

    /// <summary>Of which parameters <see cref="Message"/> speaks.</summary>
    internal ImmutableArray<string> Refused { get; init; } = [];

    internal string? Location { get; init; }

    internal FragmentHead Head { get; init; } = FragmentHead.None;

    internal FragmentCaching Caching { get; init; } = FragmentCaching.None;

    internal bool IsNeverKept { get; init; }

    internal ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Gives the page a title, if this fragment is the page's primary one.</summary>
    public FragmentResult Title(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return this with { Head = Head with { Title = title } };
    }

    /// <summary>Gives the page a description for search engines.</summary>
    public FragmentResult Description(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return this with { Head = Head with { Description = description } };
    }

    /// <summary>Names the page's own address.</summary>
    public FragmentResult Canonical(string url)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        return this with { Head = Head with { Canonical = url } };
    }

    /// <summary>Adds a style sheet to the page. A relative address counts from the fragment's own.</summary>
    public FragmentResult Stylesheet(string url)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        return this with { Head = Head with { Stylesheets = Head.Stylesheets.Add(url) } };
    }

    /// <summary>How long this answer may be kept, instead of what was mapped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not whole seconds.</exception>
    public FragmentResult CacheFor(TimeSpan lifetime) => this with { Caching = Caching.For(lifetime), IsNeverKept = false };

    /// <summary>How long this answer may be shown after its lifetime, instead of what was mapped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not whole seconds.</exception>
    public FragmentResult StaleFor(TimeSpan? whileRevalidate = null, TimeSpan? ifError = null) =>
        this with { Caching = Caching.Stale(whileRevalidate, ifError) };

    /// <summary>This answer belongs to one user: no shared cache may keep it.</summary>
    public FragmentResult Private() => this with { Caching = Caching with { IsPrivate = true } };

    /// <summary>Nobody may keep this answer.</summary>
    public FragmentResult NoStore() => this with { IsNeverKept = true };

    /// <summary>Names under which this answer can be purged, besides those of the mapping.</summary>
    public FragmentResult WithTags(params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return this with { Tags = [.. Tags, .. FragmentTags.Checked(tags)] };
    }

    /// <summary>Sends the answer.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return FragmentResponse.WriteAsync(httpContext, this);
    }
}
