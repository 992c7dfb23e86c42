using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>Counts, and shows nothing. Its module hears what happens on the page; without scripts an image counts the page.</summary>
internal static class EventTracker
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("EventTracker", "/fragments/event-tracker", Render)
        .WithCategory("component")
        .WithDescription("Counts page views, products looked at, put in the cart and ordered. Shows nothing.")
        .WithModule("event-tracker.js", "default", "trackEvent")
        .HydrateWhen("load")
        .CacheFor(TimeSpan.FromHours(1))
        .StaleFor(whileRevalidate: TimeSpan.FromHours(1), ifError: TimeSpan.FromDays(1));

    /// <param name="route">The page to count without scripts; without it, the page that asks for the image.</param>
    private static FragmentMarkup Render(FragmentContext context, string? route = null) => FragmentMarkup.Html(
        $"""
        <div class="event-tracker" hidden {context.Marks()}><noscript><img src="/track.gif{Query(route)}" alt="" width="1" height="1"></noscript></div>
        """);

    private static string Query(string? route) => route is { Length: > 0 } ? $"?route={Uri.EscapeDataString(route)}" : "";
}
