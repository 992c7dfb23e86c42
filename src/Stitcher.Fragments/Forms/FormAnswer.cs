using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Stitcher.Fragments.Forms;

/// <summary>The answers of a form that a script sent, as <c>submit</c> of <c>@stitcher/live</c> reads them.</summary>
public static class FormAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Whether a script sent the form and wants JSON: its <c>Accept</c> likes <c>application/json</c> better than <c>text/html</c>.</summary>
    public static bool IsForScript(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var types)
            && Liking(types, "application/json") > Liking(types, "text/html");
    }

    /// <summary>The form was taken: <c>{ "ok": true, "location": "/…", "topics": { … } }</c>.</summary>
    /// <param name="location">The page to show next.</param>
    /// <param name="topics">What the page's fragments are told: topics and their values.</param>
    public static IResult Done(string location, IReadOnlyDictionary<string, object?>? topics = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        return Results.Json(new { ok = true, location, topics = topics ?? new Dictionary<string, object?>() }, Json);
    }

    /// <summary>The form was taken: <see cref="Done"/> for a script, for a browser 303 to the page that it shows next.</summary>
    /// <param name="request">The form's.</param>
    /// <param name="location">The page to show next.</param>
    /// <param name="topics">What the page's fragments are told: topics and their values. A browser fetches a page that knows already.</param>
    public static IResult GoOn(HttpRequest request, string location, IReadOnlyDictionary<string, object?>? topics = null) =>
        IsForScript(request) ? Done(location, topics) : FragmentResults.SeeOther(location);

    /// <summary>The form was not taken, status 422: <c>{ "ok": false, "errors": { "price": "…" }, "message": "…" }</c>.</summary>
    /// <param name="errors">A sentence for each field that is wrong.</param>
    /// <param name="message">A sentence for the whole form.</param>
    /// <param name="status">The status, from 400 to 599. Default: 422.</param>
    /// <param name="further">What else the form's own script needs, each beside <c>ok</c> under its name. Default: nothing.</param>
    public static IResult Refused(
        IReadOnlyDictionary<string, string>? errors,
        string? message = null,
        int status = StatusCodes.Status422UnprocessableEntity,
        IReadOnlyDictionary<string, object?>? further = null) =>
        new Refusal(errors ?? new Dictionary<string, string>(), message, status, further);

    /// <summary>A form that is refused for its token comes with a new one, or the script could only send the old one again.</summary>
    private sealed class Refusal(IReadOnlyDictionary<string, string> errors, string? message, int status, IReadOnlyDictionary<string, object?>? further) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var answer = new Dictionary<string, object?>(further ?? new Dictionary<string, object?>()) { ["ok"] = false, ["errors"] = errors, ["message"] = message };
            if (httpContext.Items[FormToken.Field] is string token)
            {
                answer["token"] = token;
            }

            return Results.Json(answer, Json, statusCode: status).ExecuteAsync(httpContext);
        }
    }

    private static double Liking(IEnumerable<MediaTypeHeaderValue> types, string name) =>
        types.Where(type => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
}
