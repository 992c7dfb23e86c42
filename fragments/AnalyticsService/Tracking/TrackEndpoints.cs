using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace AnalyticsService.Tracking;

/// <summary>Where browsers tell what happened. Neither addresses of clients nor what they say of themselves is kept.</summary>
internal static class TrackEndpoints
{
    private const string NobodyInParticular = "-";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    private static readonly byte[] Image = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/track", TakeAsync).WithMetadata(new RequestSizeLimitAttribute(TrackLimits.Bytes));
        app.MapGet("/track.gif", SeeAsync);
    }

    // The body is read here, so that everything wrong with it is a sentence of ours.
    private static async Task<IResult> TakeAsync(HttpContext http, TrackStore store, TrackLimits limits)
    {
        if (WantsNoTracking(http.Request))
        {
            return Results.NoContent();
        }

        var (batch, refusal) = await ReadAsync(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (batch is not { Visitor: { } visitor, Events: { Length: > 0 and <= TrackLimits.Events } told } || !TrackedEventReader.IsKey(visitor))
        {
            return Wrong(StatusCodes.Status400BadRequest, $"Expected {{\"visitor\": …, \"events\": […]}}: a visitor of 8 to 60 letters, digits and hyphens, and 1 to {TrackLimits.Events} events.");
        }

        if (!limits.Allows(visitor, told.Length))
        {
            http.Response.Headers.RetryAfter = TrackLimits.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return Wrong(StatusCodes.Status429TooManyRequests, "That is more than one visitor does. Nothing of it was taken; send it again later.");
        }

        var events = new List<TrackedEvent>();
        var refused = new List<RefusedEvent>();
        foreach (var (index, json) in told.Index())
        {
            if (TrackedEventReader.Read(json, out var problem) is { } happened)
            {
                events.Add(happened);
            }
            else
            {
                refused.Add(new(index, problem!));
            }
        }

        // Not with the request's token: a page that is left sends its last batch and is gone, and that batch counts, too.
        var accepted = events.Count == 0 ? 0 : await store.WriteAsync(visitor, http.User.UserId(), events, CancellationToken.None);
        return Results.Json(
            new TrackAnswer(accepted, events.Count - accepted, refused),
            Json,
            statusCode: events.Count == 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    /// <summary>Without scripts a page view is an image; the page is the one that shows it.</summary>
    private static async Task<IResult> SeeAsync(HttpContext http, TrackStore store, TrackLimits limits, string? route = null)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        var referrer = http.Request.GetTypedHeaders().Referer;
        var page = TrackedEventReader.PageOf(route ?? (referrer?.IsAbsoluteUri == true ? referrer.AbsolutePath : null));
        if (page is not null && site is "" or "same-origin" && !WantsNoTracking(http.Request) && limits.Allows(NobodyInParticular, 1))
        {
            var seen = new TrackedEvent(Guid.NewGuid().ToString("n"), TrackedEventReader.PageViewed, page, null, null, null, null);
            await store.WriteAsync(null, http.User.UserId(), [seen], CancellationToken.None);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Image, "image/gif");
    }

    private static async Task<(TrackedBatch? Batch, IResult? Refusal)> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Wrong(StatusCodes.Status415UnsupportedMediaType, "Expected application/json."));
        }

        try
        {
            return (await http.Request.ReadFromJsonAsync<TrackedBatch>(Json, http.RequestAborted), null);
        }
        catch (JsonException)
        {
            return (null, Wrong(StatusCodes.Status400BadRequest, "This is not JSON of a batch of events."));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Wrong(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"A batch has at most {TrackLimits.Bytes} bytes." : "The body was cut off."));
        }
    }

    private static bool WantsNoTracking(HttpRequest request) => request.Headers["DNT"] == "1" || request.Headers["Sec-GPC"] == "1";

    private static IResult Wrong(int status, string message) => Results.Json(new { message }, Json, statusCode: status);
}
