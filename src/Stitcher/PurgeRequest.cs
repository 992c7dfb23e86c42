using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Stitcher.Caching;

namespace Stitcher;

/// <summary>What a purge asks for: of one service everything, or one fragment, one address or one tag of it.</summary>
internal sealed record PurgeRequest
{
    public const string Soft = "soft";
    public const string Hard = "hard";

    private const int LongestValue = 2_048;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public string? Service { get; init; }

    public string? Fragment { get; init; }

    public string? Url { get; init; }

    public string? Tag { get; init; }

    public string? Mode { get; init; }

    [JsonIgnore]
    public bool IsSoft => Mode != Hard;

    /// <summary>Reads it from a JSON body, or from the query where there is none.</summary>
    /// <returns>Null if the body is no such object.</returns>
    public static async ValueTask<PurgeRequest?> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return request.Query.Keys.All(key => key is "service" or "fragment" or "url" or "tag" or "mode")
                ? new PurgeRequest { Service = request.Query["service"], Fragment = request.Query["fragment"], Url = request.Query["url"], Tag = request.Query["tag"], Mode = request.Query["mode"] }
                : null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<PurgeRequest>(request.Body, Json, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, in a sentence; null if nothing is.</summary>
    public string? Complaint()
    {
        string?[] parts = [Fragment, Url, Tag];
        return string.IsNullOrEmpty(Service) ? "'service' is missing; expected the name of a service."
            : parts.Count(part => part is not null) > 1 ? "expected one of 'fragment', 'url' and 'tag', or none of them for the whole service."
            : parts.Any(part => part is { Length: 0 or > LongestValue } || part?.Any(char.IsControl) == true) ? $"'fragment', 'url' or 'tag' is empty, longer than {LongestValue} characters, or has control characters."
            : Url is not null && !Url.StartsWith('/') ? "'url' does not begin with '/'; expected path and query on the service, such as '/cards/7?size=large'."
            : Mode is not (null or Soft or Hard) ? $"'mode' is '{Mode}'; expected '{Soft}' or '{Hard}'."
            : null;
    }

    public PurgeScope Scope() =>
        Fragment is not null ? PurgeScope.OfFragment(Service!, Fragment)
        : Url is not null ? PurgeScope.OfTarget(Service!, Url)
        : Tag is not null ? PurgeScope.OfTag(Service!, Tag)
        : PurgeScope.OfService(Service!);
}
