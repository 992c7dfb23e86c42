using System.Collections.Immutable;

namespace Stitcher.Upstream;

/// <summary>Who asks, as the host's own authentication knows them; never by what a header says.</summary>
internal sealed class Visitor
{
    /// <param name="subject">The name that is theirs for ever and alone.</param>
    /// <param name="session">What tells one of their sessions from another.</param>
    /// <param name="claims">What services may be told of them, in an order of its own.</param>
    /// <param name="generation">Grows when everything made for them is to be forgotten.</param>
    public Visitor(string subject, string? session, ImmutableArray<KeyValuePair<string, string>> claims, long generation)
    {
        Subject = subject;
        Session = session;
        Claims = claims;
        Fingerprint = FieldText.Of(
            [subject, session, generation.ToString(System.Globalization.CultureInfo.InvariantCulture), .. claims.SelectMany(claim => new[] { claim.Key, claim.Value })]);
    }

    public string Subject { get; }

    public string? Session { get; }

    public ImmutableArray<KeyValuePair<string, string>> Claims { get; }

    /// <summary>Two visitors with the same one may be answered alike: the same person, session and roles, and nothing forgotten in between.</summary>
    public string Fingerprint { get; }
}
