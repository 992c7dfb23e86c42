using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Lets the gateway's own rules judge how long an answer may be kept.</summary>
internal static class CachingCheck
{
    private static readonly CacheOptions Defaults = new();

    public static string Describe(Answer answer)
    {
        var verdict = Judge(answer);
        if (verdict.Refusal is { } refusal)
        {
            return refusal switch
            {
                "no-freshness" => "not kept: it does not say how long",
                "vary" => $"not kept, unless the operator declares what it varies by ({answer.Headers.Vary})",
                "private" => "not kept for everybody; a gateway that knows who asks may keep it for them",
                _ => $"not kept: {refusal}",
            };
        }

        var words = new StringBuilder(verdict.Lifetime > TimeSpan.Zero ? $"kept {Seconds(verdict.Lifetime)} for everybody" : "kept to be asked about");
        Append(words, verdict.StaleWhileRevalidate, "while a newer one is fetched");
        Append(words, verdict.StaleIfError, "while its service fails");
        return words.ToString();
    }

    public static async Task<IReadOnlyList<Finding>> FindAsync(Answer answer, Question question, HttpClient client, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (!answer.SaysHowLong && answer.Status == HttpStatusCode.OK)
        {
            findings.Add(new Finding("it does not say how long it may be kept, so nobody keeps it; say Cache-Control: no-store if that is meant"));
        }

        if (answer.IsDoubtful)
        {
            findings.Add(new Finding("one of its headers is there twice, or cannot be read; nobody keeps such an answer"));
        }

        if (answer.Headers.Vary?.Contains('*', StringComparison.Ordinal) is true)
        {
            findings.Add(new Finding("Vary: * means that no two questions are alike; say no-store, or the headers that matter"));
        }

        if (answer.SetsCookie && (answer.Headers.CacheControl ?? "") is var said && !said.Contains("no-store", StringComparison.OrdinalIgnoreCase)
            && !said.Contains("private", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(new Finding($"it sets a cookie and says '{said}', which lets others have it; no gateway keeps it, say private or no-store"));
        }

        if (answer is { Status: HttpStatusCode.OK, Headers.ETag: { } etag })
        {
            var again = await Answer.OfAsync(client, question, ct, etag);
            if (again.Status != HttpStatusCode.NotModified && again.Headers.ETag == etag)
            {
                findings.Add(new Finding($"asked with its own ETag {etag} it answers {(int)again.Status} and the whole body again; expected 304"));
            }
        }

        return findings.ToImmutable();
    }

    private static CacheVerdict Judge(Answer answer) => CachePolicy.Judge((int)answer.Status, answer.SetsCookie, answer.Headers, Defaults);

    private static void Append(StringBuilder words, TimeSpan time, string when)
    {
        if (time > TimeSpan.Zero)
        {
            words.Append(", shown for ").Append(Seconds(time)).Append(" more ").Append(when);
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
