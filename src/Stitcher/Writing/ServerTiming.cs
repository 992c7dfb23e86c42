using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stitcher.Configuration;
using Stitcher.Fetching;
using Stitcher.Merging;

namespace Stitcher.Writing;

/// <summary>
/// Tells a caller with the operator's token how long each slot took. Nobody else: how long a service takes, and whether its answer was
/// remembered, says something about those who asked before.
/// </summary>
internal static class ServerTiming
{
    /// <summary>The header in which a caller sends the token.</summary>
    public const string TokenHeader = "Stitcher-Debug";

    public static bool IsFor(HttpRequest request, DiagnosticsOptions options) =>
        request.Headers.TryGetValue(TokenHeader, out var sent)
        && options.Token is { Length: > 0 } token
        && sent is [{ } only]
        && CryptographicOperations.FixedTimeEquals(Digest(only), Digest(token));

    /// <summary>
    /// Tells what is known of the slots when the headers leave, whatever the answer is. Nobody may keep that answer: the next who asks
    /// has no token.
    /// </summary>
    public static void ApplyLast(HttpResponse response, PageFetch fetch) => response.OnStarting(
        static state =>
        {
            var (response, fetch) = ((HttpResponse, PageFetch))state;
            Apply(response, fetch);
            return Task.CompletedTask;
        },
        (response, fetch));

    private static void Apply(HttpResponse response, PageFetch fetch)
    {
        response.Headers["Server-Timing"] = string.Join(", ", fetch.Plan.Slots.Select(slot => Entry(slot.Service.Name, slot.Fragment, fetch.ResultOf(slot.Index))));
        response.Headers.CacheControl = PageCaching.Nobody.CacheControl;
        response.Headers.Remove("Surrogate-Key");
    }

    private static string Entry(string service, string fragment, FragmentResult? result) => result switch
    {
        null => $"{service}-{fragment};desc=\"pending\"",
        { Failed: true } => Entry(service, fragment, result.Took, $"{result.Outcome.Name()} {result.Failure.Name()}"),
        { Age: { } age } => Entry(service, fragment, result.Took, $"{result.Outcome.Name()} {Seconds(age)}{(result.Failure == SlotFailure.None ? "" : " " + result.Failure.Name())}"),
        _ => Entry(service, fragment, result.Took, result.Outcome.Name()),
    };

    private static string Seconds(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0}s");

    private static string Entry(string service, string fragment, TimeSpan took, string description) =>
        string.Create(CultureInfo.InvariantCulture, $"{service}-{fragment};dur={took.TotalMilliseconds:0.0};desc=\"{description}\"");

    // Digests are of one length, so that comparing tells nothing about the token's.
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
