using System.Collections.Immutable;
using System.Net;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Asks without parameters.</summary>
internal static class AloneCheck
{
    public static async Task<IReadOnlyList<Finding>> FindAsync(Question question, HttpClient client, CancellationToken ct)
    {
        var bare = question with { Values = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase) };
        var answer = await Answer.OfAsync(client, bare, ct);
        return answer switch
        {
            { Status: HttpStatusCode.OK, IsHtml: false } => [new Finding($"asked as {bare.Address} it answers {answer.ContentType}; a fragment is text/html")],

            // Nothing to show, or nobody to show it to: with a way to sign in, or with words.
            { Status: HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.SeeOther } => [],
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, IsHtml: true } => [],
            _ => [new Finding($"asked as {bare.Address}, without parameters, it answers {(int)answer.Status}; each has a default, so that it can be looked at alone")],
        };
    }
}
